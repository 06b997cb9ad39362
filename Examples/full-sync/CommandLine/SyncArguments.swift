import Foundation
import KoalrCore

/// What the command line asks for.
struct Arguments {
  /// Where the data comes from.
  enum Mode: Equatable {
    /// The sample organisation, without network.
    case sample
    /// A local clone.
    case git(path: String)
    /// An organisation on GitHub.
    case gitHub(organization: String)
    /// A file that an earlier run exported; nothing is synced.
    case imported(file: String)
  }

  var mode = Mode.sample
  var gitHubURL = "https://github.com"
  var codecovURL = "https://api.codecov.io"
  var snykURL = "https://api.snyk.io"
  var snykOrganization: String?
  var days = SyncOptions.defaultDays
  var now: Date?
  var repositories: [String] = []
  var export: String?
  var cache: String?
  var json = false

  static let usage = """
    Usage: full-sync [--git PATH | --github ORG | --import FILE] [options]

    Without a mode it syncs a sample organisation, without network.

      --git PATH           a local clone: its merges of the window, scored from its history
      --github ORG         an organisation; GITHUB_TOKEN must be set, CODECOV_TOKEN and SNYK_TOKEN may be
      --import FILE        reads what --export wrote and prints what it holds
      --export FILE        writes everything the store holds as JSON Lines (Documentation/Export.md)
      --format FORM        text or json: the form of the summary (text)
      --json               short for --format json: one JSON object
      --days N             how far back to look (90)
      --now TIME           the moment to look from, ISO 8601 (now); what is newer is shown as well
      --repo NAME          only this repository; may be repeated
      --github-url URL     the web address of GitHub (https://github.com)
      --codecov-url URL    the address of Codecov's API (https://api.codecov.io)
      --snyk-url URL       the address of Snyk's API (https://api.snyk.io)
      --snyk-org SLUG      the Snyk organisation, when the token sees several
      --cache FOLDER       where clones are kept between runs (the user's cache folder)
      --help, --version

    Exit codes: 0 complete, 1 incomplete, 2 failed, 64 wrong usage.
    """

  /// Reads the command line.
  ///
  /// - Throws: ``UsageError``.
  init(_ words: [String]) throws(UsageError) {
    var words = words[...]
    var modes = 0
    while let option = words.popFirst() {
      switch option {
      case "--git": (mode, modes) = (.git(path: try Self.value(of: option, &words)), modes + 1)
      case "--github": (mode, modes) = (.gitHub(organization: try Self.value(of: option, &words)), modes + 1)
      case "--import": (mode, modes) = (.imported(file: try Self.value(of: option, &words)), modes + 1)
      case "--github-url": gitHubURL = try Self.value(of: option, &words)
      case "--codecov-url": codecovURL = try Self.value(of: option, &words)
      case "--snyk-url": snykURL = try Self.value(of: option, &words)
      case "--snyk-org": snykOrganization = try Self.value(of: option, &words)
      case "--repo": repositories.append(try Self.value(of: option, &words))
      case "--export": export = try Self.value(of: option, &words)
      case "--cache": cache = try Self.value(of: option, &words)
      case "--json": json = true
      case "--format": json = try Self.isJSON(try Self.value(of: option, &words))
      case "--days": days = try Self.days(try Self.value(of: option, &words))
      case "--now": now = try Self.time(try Self.value(of: option, &words))
      default: throw UsageError("\(option) is not an option.")
      }
    }
    guard modes <= 1 else { throw UsageError("--git, --github and --import exclude each other.") }
  }

  /// The most days a window may have: a hundred years, which holds every history there is.
  static let maximumDays = 36_525

  private static func value(of option: String, _ words: inout ArraySlice<String>) throws(UsageError) -> String {
    guard let value = words.popFirst(), !value.isEmpty, !value.hasPrefix("--") else {
      throw UsageError("\(option) needs a value.")
    }
    return value
  }

  private static func isJSON(_ form: String) throws(UsageError) -> Bool {
    guard ["text", "json"].contains(form) else { throw UsageError("--format is text or json, not \"\(form)\".") }
    return form == "json"
  }

  private static func days(_ text: String) throws(UsageError) -> Int {
    guard let days = Int(text), (1...maximumDays).contains(days) else {
      throw UsageError("--days needs a whole number from 1 to \(maximumDays), not \"\(text)\".")
    }
    return days
  }

  private static func time(_ text: String) throws(UsageError) -> Date {
    guard let time = ISO8601Time.parse(text) else {
      throw UsageError("--now needs a time such as 2026-11-20T12:00:00Z, not \"\(text)\".")
    }
    return time
  }
}

/// A command line that makes no sense, in one sentence.
struct UsageError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
