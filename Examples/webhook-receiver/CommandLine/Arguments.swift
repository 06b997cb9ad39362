import Foundation
import KoalrCore

/// What the program is asked to do.
struct Arguments {
  var port: UInt16
  var address = "127.0.0.1"
  var path = "/webhooks/github"
  /// What GitHub signs with; `nil` for what was saved with the connection.
  var secretFile: URL?
  var store = StorePlace.memory
  var source = Source.none
  var gitHubURL: URL?
  var cache: String?
  var days = SyncOptions.defaultDays
  var now: Date?
  var bodyLimit = WebhookLimits.largestBody
  var connectionLimit = 256

  /// Whose events are followed.
  enum Source {
    /// Nobody's: they are only kept.
    case none
    case organizations([String])
    case savedConnection(String)
  }

  /// - Throws: ``UsageError``.
  init(_ words: [String]) throws(UsageError) {
    let options = try Options(words)
    secretFile = options["--secret-file"].map { URL(fileURLWithPath: $0) }
    guard secretFile != nil || options["--connection"] != nil else {
      throw UsageError("--secret-file is needed: what GitHub signs with. A saved --connection knows it.")
    }
    guard let number = options["--port"] else { throw UsageError("--port is needed; 0 takes any free one.") }
    guard let port = UInt16(number) else { throw UsageError("--port needs a number up to 65535, not \"\(number)\".") }
    self.port = port
    if let text = options["--address"] { address = text }
    if let text = options["--path"] {
      guard text.hasPrefix("/") else { throw UsageError("--path begins with a slash.") }
      path = text
    }
    if let text = options["--store"] { store = try StorePlace(text) }
    source = try Self.source(options)
    try readRest(options)
  }

  private static func source(_ options: Options) throws(UsageError) -> Source {
    let organizations = options.all("--github")
    switch (organizations.isEmpty, options["--connection"]) {
    case (true, nil): return .none
    case (false, nil): return .organizations(organizations)
    case (true, let name?): return .savedConnection(name)
    default: throw UsageError("Choose one of --github and --connection.")
    }
  }

  private mutating func readRest(_ options: Options) throws(UsageError) {
    if let text = options["--github-url"] {
      guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host != nil, url.user == nil else {
        throw UsageError("--github-url needs an address such as https://github.example.com.")
      }
      gitHubURL = url
    }
    cache = options["--cache"]
    days = try options.number("--days", in: 1...36_525) ?? days
    bodyLimit = try options.number("--body-limit", in: 1...WebhookLimits.largestBody) ?? bodyLimit
    connectionLimit = try options.number("--connection-limit", in: 4...10_000) ?? connectionLimit
    if let text = options["--now"] {
      guard let time = ISO8601Time.parse(text) else { throw UsageError("--now needs a time such as 2026-11-20T12:00:00Z.") }
      now = time
    }
  }

  static let usage = """
    Usage: webhook-receiver --port N (--secret-file FILE | --connection NAME) [options]

    Listens for GitHub's webhooks and keeps every event until it is followed. With --github or --connection it follows them, too.

      --port N               where to listen; 0 takes any free one
      --secret-file FILE     the webhook's secret; one a line while it is being changed. Without it, that of the
                             webhooks which full-sync webhooks add registered for the --connection
      --address IP           the address to listen at (127.0.0.1); put a server with TLS in front of it
      --path PATH            the path of the webhook (/webhooks/github); /health says whether the program listens
      --store STORE          memory, or sqlite:FILE, in which no accepted event is lost (memory)
      --github ORG           follows the organisation with GITHUB_TOKEN; syncs it first unless the store knows it;
                             once for each where there are several
      --connection NAME      follows all organisations of a connection that full-sync connections add saved
      --github-url URL       the web address of GitHub (https://github.com)
      --days N               how far back the store looks (90)
      --now TIME             the moment to look from, ISO 8601 (now)
      --cache FOLDER         where clones are kept between runs (the user's cache folder)
      --body-limit BYTES     the largest body that is taken (26214400)
      --connection-limit N   how many connections may be open (256)
      --help, --version

    Prints a line for each event and counts at the end. SIGINT and SIGTERM answer what has come, and end.
    Exit codes: 0 done, 1 stopped with events in memory that were not followed, 2 failed, 64 wrong usage.
    """
}
