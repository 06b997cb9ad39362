import KoalrDomain
import KoalrIntegrationProtocols

/// A git command that ended with an error.
struct GitFailure: Error {
  /// The most characters of git's own words in an error.
  static let maximumWords = 200

  /// The most bytes of git's words that are kept.
  static let maximumText = 8192

  /// The command: `fetch`.
  var command: String
  /// The exit status; `nil` when a signal ended it.
  var status: Int?
  /// Whether it was stopped for taking too long.
  var timedOut: Bool
  /// What git said, without control characters and secrets, shortened.
  var text: String

  init(command: String, exit: ChildExit, secret: Secret?) {
    self.command = command
    status = exit.status
    timedOut = exit.timedOut
    var text = String(decoding: exit.errorText.prefix(Self.maximumText), as: UTF8.self)
    if let secret { text = text.split(separator: secret.reveal(), omittingEmptySubsequences: false).joined(separator: "…") }
    self.text = text
  }

  /// The line that says most, for people.
  var words: String {
    let lines = text.split(whereSeparator: \.isNewline)
    let line =
      lines.first { $0.hasPrefix("fatal: ") } ?? lines.first { $0.hasPrefix("error: ") || $0.hasPrefix("remote: ") } ?? lines.last
    let plain = (line ?? "").unicodeScalars.filter { $0.properties.generalCategory != .control }
    return String(String(String.UnicodeScalarView(plain)).prefix(Self.maximumWords))
  }

  /// What kind of failure it is.
  var cause: Cause {
    if timedOut { return .unreachable }
    return Self.signs.first { sign in text.contains(sign.words) }?.cause ?? .other
  }

  enum Cause { case unauthorized, forbidden, moved, notFound, unreachable, missingObject, missingRef, other }

  // The order matters: git follows a refused request with general sentences.
  private static let signs: [(words: String, cause: Cause)] = [
    ("not our ref", .missingObject), ("couldn't find remote ref", .missingRef),
    ("Authentication failed", .unauthorized), ("could not read Username", .unauthorized),
    ("could not read Password", .unauthorized), ("returned error: 401", .unauthorized), ("returned error: 403", .forbidden),
    ("returned error: 301", .moved), ("returned error: 302", .moved), ("returned error: 307", .moved),
    ("returned error: 308", .moved), ("returned error: 404", .notFound), ("not found", .notFound),
    ("does not appear to be a git repository", .notFound), ("returned error: 429", .unreachable),
    ("returned error: 5", .unreachable), ("Could not resolve", .unreachable), ("Failed to connect", .unreachable),
    ("Couldn't connect", .unreachable), ("Connection ", .unreachable), ("Operation too slow", .unreachable),
    ("SSL", .unreachable), ("the remote end hung up", .unreachable), ("early EOF", .unreachable), ("RPC failed", .unreachable),
    ("unexpected disconnect", .unreachable), ("Empty reply", .unreachable), ("transfer closed", .unreachable),
  ]

  /// Whether git wanted to fetch what a partial clone lacks. Versions that know `GIT_NO_LAZY_FETCH` say that it is missing; older
  /// ones try, find every transport forbidden, and stop.
  var isRefusedLazyFetch: Bool { text.contains("promisor remote") || text.contains("lazy fetching disabled") }

  /// Whether a file's content is not in the clone, which is not known to be partial.
  var lacksContent: Bool { text.contains("unable to read ") }

  /// Whether a fresh clone may do better: git found fault with what is on disk, not with the way to the server.
  var mayBeDamage: Bool { cause == .other }

  /// The error for people.
  func integrationError(_ service: Connection.Service, operation: String) -> IntegrationError {
    let (code, reason): (IntegrationError.Code, String) =
      switch cause {
      case .unauthorized:
        (
          .unauthorized,
          "The server does not accept the token for git. Check that it is valid and may read the repository's content."
        )
      case .forbidden:
        (.forbidden, "The server refuses git access. Check the token's scopes and its authorization for the organisation.")
      case .moved: (.notFound, "The repository has moved. List the repositories again to learn its new address.")
      case .notFound, .missingRef, .missingObject:
        (.notFound, "The server has no such repository or branch, or the token may not see it: \(words)")
      case .unreachable:
        (.unavailable, timedOut ? "git took longer than its time limit. Try again." : "The server could not be reached: \(words)")
      case .other: (.unexpectedResponse, "git \(command) failed\(status.map { " (exit \($0))" } ?? ""): \(words)")
      }
    return IntegrationError(code, service: service, operation: operation, reason: reason, underlying: self)
  }
}
