public import KoalrDomain
import KoalrIntegrationProtocols

/// How far back a sync reads, which repositories, and how many at once.
public struct SyncOptions: Sendable {
  /// How far back to look, in days.
  public var days: Int
  /// Only repositories with these names (`api` or `acme/api`, without regard to case); all when empty.
  public var repositories: [String]
  /// What is read; repositories always are. What is left out is neither asked for nor missing, and stays as it is in the store.
  public var services: Set<IntegrationService>
  /// How many repositories are read from git and the coverage service at once.
  public var concurrency: Int
  /// How many open changes get a first score before the window is read: those touched last, shared among the repositories by how
  /// many each has open. Every repository has at least one first score if it has a change at all, so there may be more.
  public var firstLook: Int
  /// What counts as an incident, and which reports are of the same.
  public var incidents: IncidentRules
  /// Whether the run ends when it is priced: after discovery, before anything else is asked.
  public var plansOnly: Bool

  /// The window the user's documents name: 90 days.
  public static let defaultDays = 90
  /// As many open changes as GitHub lists within about half a minute.
  public static let defaultFirstLook = 1_000
  /// How far back a coverage trend reaches, in days.
  public static let trendDays = 30

  /// How old an interrupted run may be to be gone on with, in hours since it began. What it read then is told as of then.
  public static let resumeHours = 24.0

  /// Makes options.
  public init(
    days: Int = defaultDays, repositories: [String] = [], services: Set<IntegrationService> = Set(IntegrationService.all),
    concurrency: Int = 6, firstLook: Int = defaultFirstLook, incidents: IncidentRules = IncidentRules(),
    plansOnly: Bool = false
  ) {
    precondition(days > 0, "A window needs at least one day.")
    precondition(firstLook >= 0, "A first look cannot be at fewer changes than none.")
    precondition(concurrency > 0, "At least one repository has to be read at a time.")
    self.days = days
    self.repositories = repositories
    self.services = services
    self.concurrency = concurrency
    self.firstLook = firstLook
    self.incidents = incidents
    self.plansOnly = plansOnly
  }

  /// Whether a service is read.
  func reads(_ service: IntegrationService) -> Bool { service.isRequired || services.contains(service) }

  func wants(_ name: RepositoryName) -> Bool {
    repositories.isEmpty || repositories.contains { Self.means($0, name) }
  }

  /// Whether a person's word, `api` or `acme/api`, means this repository.
  static func means(_ word: String, _ name: RepositoryName) -> Bool {
    [name.rawValue, name.name].contains { $0.lowercased() == word.lowercased() }
  }
}

/// The window of a run: everything from `since` to `now`.
struct SyncWindow: Sendable {
  var since: Date
  var now: Date

  init(days: Int, now: Date) {
    self.now = now
    since = now.addingTimeInterval(-Double(days) * Self.day)
  }

  private static let day: TimeInterval = 86_400

  /// The midnight (UTC) that coverage trends begin at: their points stand for whole days.
  var trendSince: Date {
    let start = now.timeIntervalSince1970 - Double(SyncOptions.trendDays) * Self.day
    return Date(timeIntervalSince1970: (start / Self.day).rounded(.down) * Self.day)
  }
}
