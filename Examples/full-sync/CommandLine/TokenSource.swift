import Foundation
import KoalrCore

/// Where a token comes from. Never an argument: other users of the machine see those.
enum TokenSource: Equatable {
  case environment(variable: String)
  case file(URL)
  case standardInput

  static let values: Set = ["--token-env", "--token-file"]
  static let flags: Set = ["--token-stdin"]

  /// No service has longer tokens; a longer file is another file.
  private static let maximumBytes = 16_384

  /// - Throws: ``UsageError`` unless exactly one source is named.
  init(_ words: CommandWords) throws(UsageError) {
    var sources = words.all("--token-env").map(Self.environment)
    sources += words.all("--token-file").map { .file(URL(fileURLWithPath: $0)) }
    if words.has("--token-stdin") { sources.append(.standardInput) }
    guard let source = sources.first, sources.count == 1 else {
      throw UsageError("Say where the token is, once: --token-env NAME, --token-file FILE or --token-stdin.")
    }
    self = source
  }

  /// The variable or file that belongs to another option, `--client-secret`; `nil` when neither is named.
  ///
  /// - Throws: ``UsageError`` when several are named.
  init?(_ words: CommandWords, of option: String) throws(UsageError) {
    let sources =
      words.all("\(option)-env").map(Self.environment) + words.all("\(option)-file").map { .file(URL(fileURLWithPath: $0)) }
    guard sources.count < 2 else { throw UsageError("Name one of \(option)-env and \(option)-file, once.") }
    guard let source = sources.first else { return nil }
    self = source
  }

  /// Reads the token, or what else the option is for.
  ///
  /// - Throws: ``CommandError``, which repeats neither the token nor the name of variable or file: people put tokens there.
  func read(
    _ environment: [String: String], _ what: String = "token", option: String = "--token"
  ) throws(CommandError) -> Secret {
    func unreadable(_ reason: String) -> CommandError { CommandError("Could not read the \(what): \(reason)") }
    let place = place(option)
    let text: String? =
      switch self {
      case .environment(let variable): environment[variable]
      case .file(let url): try Self.text(unreadable) { try FileHandle(forReadingFrom: url) }
      case .standardInput: try Self.text(unreadable) { .standardInput }
      }
    guard let secret = text.flatMap(Secret.init) else { throw unreadable("\(place) is empty or not set.") }
    guard !secret.reveal().lowercased().hasPrefix("bearer ") else {
      throw unreadable("\(place) begins with the word Bearer; give the token alone.")
    }
    guard secret.reveal().utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
      throw unreadable("\(place) holds more than one word, or characters no token has.")
    }
    return secret
  }

  private func place(_ option: String) -> String {
    switch self {
    case .environment: "the variable that \(option)-env names"
    case .file: "the file that \(option)-file names"
    case .standardInput: "standard input"
    }
  }

  private static func text(
    _ unreadable: (String) -> CommandError, _ open: () throws -> FileHandle
  ) throws(CommandError) -> String? {
    var bytes = Data()
    do {
      let handle = try open()
      while bytes.count <= maximumBytes, let more = try handle.read(upToCount: maximumBytes), !more.isEmpty { bytes += more }
    } catch {
      throw unreadable("the file cannot be opened or read; check its name and permissions.")
    }
    guard bytes.count <= maximumBytes else { throw unreadable("it is longer than \(maximumBytes) bytes.") }
    return String(decoding: bytes, as: UTF8.self)
  }
}
