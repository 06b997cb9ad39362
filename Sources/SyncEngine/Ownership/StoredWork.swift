import KoalrCodeOwnersParser
import KoalrDeliveryMetrics
import KoalrDomain
import KoalrStorage

/// What the store knows of the work in one repository.
struct StoredWork {
  let directory: OwnerDirectory
  let contributions: Contributions
  /// All files, or where those are not known, the files that the commits of the window leave; sorted.
  let paths: [String]
  /// The merged changes whose files and reviews are known; `nil` when no change is.
  let merged: [Change]?
  /// What production deployments brought; `nil` when none is known.
  let deliveries: Deliveries?

  init(
    of repository: Repository, in window: ContributionWindow, files: [String]?, check: OwnershipCheck
  ) async throws {
    let (store, connection) = (check.store, check.connection)
    let times = window.start..<window.end.nextMillisecond
    directory = try await Self.directory(store, connection)
    var recorder = ContributionRecorder(window: window)
    var known = KnownPaths()
    try await store.forEachPage(
      RecordQuery(Commit.self, connection: connection, repository: repository.id, times: times)
    ) { page in
      for held in page {
        recorder.add(held.value)
        known.apply(held.value.files ?? [])
      }
    }
    contributions = recorder.contributions(directory: directory)
    paths = files?.sorted() ?? known.sorted
    let changes = try await store.all(
      RecordQuery(Change.self, connection: connection, repository: repository.id, times: times))
    let reviewed = changes.filter { $0.state == .merged && $0.files != nil && $0.reviews != nil }
    merged = reviewed.isEmpty ? nil : reviewed
    let deployments = try await store.all(
      RecordQuery(Deployment.self, connection: connection, repository: repository.id, times: times)
    ).filter { check.options.incidentRules.isProduction($0.environment) }
    deliveries = deployments.isEmpty ? nil : Deliveries(of: deployments, changes: changes, in: contributions)
  }

  private static func directory(_ store: any Store, _ connection: ConnectionID) async throws -> OwnerDirectory {
    let people = try await store.all(RecordQuery(Contributor.self, connection: connection))
    let addresses = people.compactMap { person in person.email.map { ($0, person.login) } }
    return OwnerDirectory(
      teams: try await store.all(RecordQuery(Team.self, connection: connection)),
      addresses: Dictionary(addresses, uniquingKeysWith: { first, _ in first }))
  }
}

/// Which files there are after some commits, as far as those say.
struct KnownPaths {
  private var paths: Set<String> = []

  var sorted: [String] { paths.sorted() }

  /// Applies what a later commit did.
  mutating func apply(_ files: [ChangedFile]) {
    for file in files {
      if file.status == .removed { paths.remove(file.path) } else { paths.insert(file.path) }
      if file.status == .renamed, let previous = file.previousPath { paths.remove(previous) }
    }
  }
}
