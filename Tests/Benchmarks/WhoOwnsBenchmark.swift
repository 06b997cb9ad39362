import Foundation
import PeerSupport

/// Times `who-owns --git` on a made clone beside `git log` over the same window, in turn.
struct WhoOwnsBenchmark {
  private static let now = "2026-11-20T12:00:00Z"
  private static let since = "2026-08-22T12:00:00Z"
  private static let questions: [[String]] = [
    ["--drift", "--gaps"], ["--lint", "--drift", "--gaps"], ["--format", "tsv"],
  ]

  /// - Parameter only: how many files the clone has, how many commits the window, and how many rounds there are.
  func run(only: [Int]) async throws {
    let numbers = Array(only.prefix(3)) + [50_000, 10_000, 5].dropFirst(only.count)
    let (folder, program) = (try ScratchFolder(), try Self.program())
    try await MadeClone(files: numbers[0], commits: numbers[1]).write(to: folder)
    print("a clone of \(numbers[0]) files and \(numbers[1]) commits in 90 days; \(numbers[2]) rounds")
    let log = [
      "git", "-C", folder["clone"], "log", "--since=\(Self.since)", "-z", "--raw", "--numstat", "-M", "-l0", "--no-abbrev",
    ]
    var logs = Measurement()
    var owners = Self.questions.map { _ in Measurement() }
    for _ in 0..<numbers[2] {
      try await logs.measure { try await Self.run(log) }
      for (index, question) in Self.questions.enumerated() {
        let words = [program, "--git", folder["clone"], "--now", Self.now] + question
        try await owners[index].measure { try await Self.run(words) }
      }
    }
    print("git log: \(logs.childSeconds)")
    for (question, measured) in zip(Self.questions, owners) {
      let ratio = String(format: "%.2f", measured.median / logs.median)
      print("who-owns --git \(question.joined(separator: " ")): \(measured.childSeconds), \(ratio) of git log")
    }
  }

  /// Output goes to a pipe that is read, as a reader of the answer would.
  private static func run(_ words: [String]) async throws {
    let outcome = try await TestProgram.run(words)
    guard outcome.exitCode < 2, !outcome.standardOutput.isEmpty else {
      throw Unexpected(what: "\(words[0]) ended with \(outcome.exitCode): \(outcome.standardError)")
    }
  }

  private static func program() throws -> String {
    let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("who-owns").path
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw Unexpected(what: "there is no who-owns beside this program; build it: swift build -c release --product who-owns")
    }
    return path
  }
}

private struct Unexpected: Error, CustomStringConvertible {
  var what: String
  var description: String { "The benchmark stopped: \(what)." }
}

extension Measurement {
  fileprivate var childSeconds: String { String(format: "%.2f s", median) }
}

/// A history for `git fast-import`: every file at first, then commits of forty people who change five files each.
private struct MadeClone {
  var files: Int
  var commits: Int

  private static let firstSecond = 1_779_000_000
  private static let lastSecond = 1_795_000_000
  private static let window = 88 * 86_400
  private static let people = 40
  private static let folders = 1_000

  func write(to folder: ScratchFolder) async throws {
    let stream = folder.url.appendingPathComponent("stream")
    _ = FileManager.default.createFile(atPath: stream.path, contents: nil)
    let handle = try FileHandle(forWritingTo: stream)
    try handle.write(contentsOf: Data(first.utf8))
    for start in stride(from: 0, to: commits, by: 500) {
      try handle.write(contentsOf: Data((start..<min(start + 500, commits)).map(commit).joined().utf8))
    }
    try handle.close()
    let line = #"git init -q -b main --bare "$1" && git -C "$1" fast-import --quiet < "$2""#
    let outcome = try await TestProgram.run(["/bin/sh", "-c", line, "sh", folder["clone"], stream.path])
    guard outcome.exitCode == 0 else { throw Unexpected(what: "git fast-import failed: \(outcome.standardError)") }
  }

  private func path(_ file: Int) -> String {
    "src/area\(file % 40)/folder\(file % Self.folders)/file\(file).\(["swift", "md", "c", "json"][file % 4])"
  }

  private var first: String {
    let rules = (0..<Self.folders).map { "/src/area\($0 % 40)/folder\($0)/ @p\($0 % Self.people) @p\(($0 + 1) % Self.people)\n" }
    let owners = rules.dropLast(Self.folders / 10).joined() + "*.json\n"
    let head = header("Root", person: 0, second: Self.firstSecond)
    return head + entry("CODEOWNERS", owners) + (0..<files).map { entry(path($0), body($0, version: 0)) }.joined()
  }

  private func commit(_ number: Int) -> String {
    let second = Self.lastSecond - Self.window + Self.window / max(1, commits) * number
    let changed = (0..<5).map { (number * 7919 + $0 * 104_729) % max(1, files) }
    return header("Work \(number)", person: number % Self.people, second: second)
      + changed.map { entry(path($0), body($0, version: number + 1)) }.joined()
  }

  private func header(_ message: String, person: Int, second: Int) -> String {
    let who = "Person\(person) <\(person)+p\(person)@users.noreply.github.com> \(second) +0000"
    return "commit refs/heads/main\ncommitter \(who)\ndata \(message.utf8.count)\n\(message)\n"
  }

  private func body(_ file: Int, version: Int) -> String {
    (0..<20).map { "line \($0) of \(file), \($0 == version % 20 ? version : 0)\n" }.joined()
  }

  private func entry(_ path: String, _ text: String) -> String { "M 100644 inline \(path)\ndata \(text.utf8.count)\n\(text)\n" }
}
