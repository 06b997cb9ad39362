import Foundation
import KoalrCore

/// What the command line asks for when it asks for a run.
struct SyncArguments {
  /// Where the data comes from.
  enum Mode: Equatable {
    /// The sample organisation, without network.
    case sample
    /// A local clone.
    case git(path: String)
    /// One or several organisations on GitHub.
    case gitHub(organizations: [String])
    /// A saved connection to GitHub.
    case connection(name: String)
    /// A file that an earlier run exported; nothing is synced.
    case imported(file: String)
  }

  var mode: Mode
  var store: StorePlace
  /// The addresses that were given, by service.
  var addresses: [Connection.Service: ServiceAddress] = [:]
  var snykOrganization: String?
  var days: Int
  var now: Date?
  var repositories: [String]
  var export: String?
  var cache: String?
  /// How long to wait for GitHub's limits; `nil` is the adapter's usual patience.
  var maximumWait: Duration?
  /// Where the commits and files of an organisation come from.
  var history: HistoryWay
  /// The file with the host's own incidents.
  var incidents: String?
  var incidentRules: IncidentRules
  var json: Bool
  /// Only what the run would cost.
  var plan: Bool

  private static let modes = ["--git", "--github", "--connection", "--import"]

  private static let grammar = CommandWords.Grammar(
    command: "full-sync",
    values: Set(modes).union([
      "--store", "--github-url", "--codecov-url", "--snyk-url", "--snyk-org", "--repo", "--export", "--cache", "--format",
      "--days", "--now", "--max-wait", "--history", "--incidents", "--incident-label", "--production",
    ]),
    flags: ["--json", "--plan"])

  /// Reads the command line.
  ///
  /// - Throws: ``UsageError``.
  init(_ words: [String]) throws(UsageError) {
    let words = try CommandWords(words, Self.grammar)
    mode = try Self.mode(words)
    store = try words.storePlace
    for service in ConnectableService.all { addresses[service.service] = try words.address(service.urlOption) }
    snykOrganization = words["--snyk-org"]
    days = try words.days ?? SyncOptions.defaultDays
    now = try words.now
    repositories = words.all("--repo")
    export = try words.exportPath(beside: store)
    cache = words["--cache"]
    maximumWait = try words.maximumWait
    history = try words.historyWay
    incidents = words["--incidents"]
    incidentRules = words.incidentRules
    json = try words.isJSON
    plan = words.has("--plan")
    try refuseWhatHasNoUse(words)
    guard case .connection = mode else { return }
    guard store != .memory else { throw UsageError("--connection needs --store sqlite:FILE, where connections are saved.") }
    guard addresses[.gitHub] == nil else { throw UsageError("--connection knows its address; leave --github-url out.") }
  }

  private func refuseWhatHasNoUse(_ words: CommandWords) throws(UsageError) {
    switch mode {
    case .sample, .imported:
      for option in ["--incidents", "--incident-label", "--production", "--history"] where words[option] != nil {
        throw UsageError("\(option) needs --git, --github or --connection: nothing else reads a history.")
      }
    case .git where words["--history"] != nil:
      throw UsageError("--history is for --github and --connection; --git reads a clone.")
    default: return
    }
  }

  private static func mode(_ words: CommandWords) throws(UsageError) -> Mode {
    let organizations = words.all("--github")
    guard modes.reduce(0, { $0 + words.all($1).count }) <= max(1, organizations.count) else {
      throw UsageError("--git, --github, --connection and --import exclude each other.")
    }
    if let path = words["--git"] { return .git(path: path) }
    if !organizations.isEmpty { return .gitHub(organizations: organizations.unique) }
    if let name = words["--connection"] { return .connection(name: name) }
    return words["--import"].map { .imported(file: $0) } ?? .sample
  }
}
