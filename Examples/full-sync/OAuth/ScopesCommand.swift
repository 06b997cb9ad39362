import Foundation
import KoalrCore
import KoalrGitHub

/// Prints what Koalr asks GitHub for, and why. Asks nobody.
struct ScopesCommand {
  var json: Bool

  /// Reads the words behind `connections scopes`.
  ///
  /// - Throws: ``UsageError``.
  init(_ words: ArraySlice<String>) throws(UsageError) {
    let grammar = CommandWords.Grammar(command: "connections scopes", values: ["--format"], flags: ["--json"])
    json = try CommandWords(words, grammar).isJSON
  }

  func run() throws -> FullSync.ExitCode {
    try Output.print(json ? try object : text)
    return .complete
  }

  private var text: String {
    let width = (GitHubScope.requested.map(\.name.count).max() ?? 0) + 2
    let rows = GitHubScope.requested.flatMap { scope in
      let name = scope.name + String(repeating: " ", count: width - scope.name.count)
      let indent = String(repeating: " ", count: width + 2)
      return ["  \(name)\(scope.reason)"] + (scope.unused.map { ["\(indent)never used: \($0)"] } ?? [])
    }
    return """
      Koalr asks GitHub for these scopes when a connection is authorised by OAuth. It only reads, but for its own webhook.

      \(rows.joined(separator: "\n"))

      \(Self.wrapped(GitHubScope.serviceAccountAdvice))
      """
  }

  private static func wrapped(_ text: String, width: Int = 110) -> String {
    var lines = [""]
    for word in text.split(separator: " ") {
      if lines[lines.count - 1].count + word.count >= width { lines.append("") }
      lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
    }
    return lines.joined(separator: "\n")
  }

  private struct Form: Encodable {
    var scopes: [OAuthScope]
    var advice: String
  }

  private var object: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      let form = Form(scopes: GitHubScope.requested, advice: GitHubScope.serviceAccountAdvice)
      return String(decoding: try encoder.encode(form), as: UTF8.self)
    }
  }
}
