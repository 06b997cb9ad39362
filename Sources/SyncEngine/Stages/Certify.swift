import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension SyncEngine {
  /// Compares what is stored of each repository with what its host counts, reads again once what falls short, and stores a
  /// certificate for each.
  func certify(_ world: SyncWorld) async throws -> [Certificate] {
    var plan = CertificationPlan()
    for repository in world.repositories { try await plan.add(repository, engine: self, world: world) }
    if let counter = sources.counts {
      try await count(&plan, with: counter, world: world)
      try await mend(&plan, world: world)
    }
    var certificates: [Certificate] = []
    var batch = StoreBatch(connection: world.connections.host)
    for repository in world.repositories {
      guard let tally = plan.tallies[repository.id] else { continue }
      tellShortfall(of: repository, tally, world: world, &batch)
      certificates.append(certificate(of: repository, tally, world: world))
    }
    batch.replace(all: Certificate.self, with: certificates)
    try await store.write(batch)
    return certificates
  }

  private func count(_ plan: inout CertificationPlan, with counter: any ContentCounter, world: SyncWorld) async throws {
    var rest = plan.uncounted[...]
    while !rest.isEmpty {
      try Task.checkCancellation()
      do {
        let answers = try await counter.counts(in: Array(rest), since: world.window.since, stored: plan.stored)
        guard !answers.isEmpty else { return plan.note("the host left the counts out of its answer", of: Array(rest)) }
        for answer in answers { plan.tallies[answer.repositoryID]?.take(answer, from: sources) }
        rest = rest.dropFirst(answers.count)
      } catch let error as IntegrationError {
        return plan.note("the host could not be asked for its counts: \(error.reason)", of: Array(rest))
      }
    }
  }

  /// Reads once more, from the beginning of the window, the lists that brought less than the host counts.
  private func mend(_ plan: inout CertificationPlan, world: SyncWorld) async throws {
    let changes = world.repositories.filter { plan.tallies[$0.id]?.fallsShort(.changes) == true }
    if let source = sources.changes {
      try await readPages(.changes, of: questions(changes, world), world: world, ask: { try await source.changes($0) }) {
        try await self.reconcileOpenChanges(of: $0, world: world)
        try await self.readHistory(of: $0, world: world)
      }
      try await readCoverageAgain(of: changes, world: world)
    }
    let issues = world.repositories.filter { plan.tallies[$0.id]?.fallsShort(.issues) == true }
    if let source = sources.issues {
      try await readPages(
        .issues, of: questions(issues, world), world: world, ask: { try await source.issues($0) }, finished: { _ in })
    }
    try await removeGone(plan, world: world)
    for repository in world.repositories where plan.tallies[repository.id]?.agrees == false {
      try await plan.tallies[repository.id]?.recount(repository, store: store, world: world)
      _ = try await assess(repository, world: world)
    }
  }

  /// What coverage is kept of depends on the changes that are known.
  private func readCoverageAgain(of repositories: [Repository], world: SyncWorld) async throws {
    guard !repositories.isEmpty else { return }
    let measured = try await measuredRepositories(world)
    for repository in repositories {
      try await forgetCoverageProgress(of: repository, world: world)
      try await readCoverage(of: repository, world: world, measured: measured)
    }
  }

  private func questions(_ repositories: [Repository], _ world: SyncWorld) -> [RepositoryPageRequest] {
    repositories.map { RepositoryPageRequest(repository: $0, since: world.window.since) }
  }

  /// Asks for tickets that are stored although the host counts fewer: they were deleted or went to another repository.
  private func removeGone(_ plan: CertificationPlan, world: SyncWorld) async throws {
    guard let source = sources.items else { return }
    var requests: [ItemRequest] = []
    for repository in world.repositories where plan.tallies[repository.id]?.exceeds(.issues) == true {
      let times = world.window.since..<Date.distantFuture
      let stored = try await store.all(
        RecordQuery(Issue.self, connection: world.connections.host, repository: repository.id, times: times))
      requests += stored.filter { !seen.contains($0.recordID) }.map { ItemRequest(repository: repository, id: $0.id) }
    }
    try await askAgain(requests, for: "tickets", of: .issues, world: world) {
      try await source.issues(again: $0)
    } keep: { request, issue, batch in
      if let issue {
        batch.upsert(issue)
      } else {
        batch.delete(Issue.self, id: RecordID(unchecked: request.id.rawValue))
      }
    }
  }

  /// Makes a gap of what is still missing, so that nobody takes the run for complete and the next one reads all of it again.
  private func tellShortfall(of repository: Repository, _ tally: Tally, world: SyncWorld, _ batch: inout StoreBatch) {
    for kind in Tally.Kind.allCases where tally.fallsShort(kind) {
      let scope = SourceID.part(kind.part, of: repository.id)
      let missing = (tally.expected[kind] ?? 0) - (tally.stored[kind] ?? 0)
      gaps.add(
        world.connections.host, "\(missing) of \(tally.expected[kind] ?? 0) \(kind.rawValue) of \(repository.name)",
        why: "the host counts them and did not list them, twice", in: scope)
      var checkpoint = checkpoint(scope, after: nil, since: world.window.since)
      checkpoint.complete = !tally.truncated.contains(kind)
      batch.checkpoint(checkpoint)
    }
  }

  private func certificate(of repository: Repository, _ tally: Tally, world: SyncWorld) -> Certificate {
    let parts = Tally.Kind.allCases.map { kind in
      let scope = SourceID.part(kind.part, of: repository.id)
      let told = gaps.reasons(in: scope)
      let uncounted = tally.expected[kind] == nil ? [tally.uncounted ?? kind.whyUncounted] : []
      return Certificate.Part(
        name: kind.rawValue, expected: tally.expected[kind], stored: tally.stored[kind] ?? 0,
        truncated: tally.truncated.contains(kind), unreachable: gaps.count(in: scope), reasons: told + uncounted)
    }
    return Certificate(repositoryID: repository.id, since: world.window.since, until: world.window.now, parts: parts)
  }
}

/// What is known of each repository, and which of them the host has to be asked about.
private struct CertificationPlan {
  var tallies: [RepositoryID: Tally] = [:]
  var uncounted: [Repository] = []

  mutating func add(_ repository: Repository, engine: SyncEngine, world: SyncWorld) async throws {
    var tally = Tally()
    try await tally.recount(repository, store: engine.store, world: world)
    let id = RecordID(unchecked: repository.id.rawValue)
    let last = try await engine.store.record(Certificate.self, id: id, connection: world.connections.host)
    let isUntouched = try await engine.isUntouched(repository, world: world)
    if let last, last.isComplete, isUntouched {
      // Nothing happened since it was complete, so what the window holds now is what is stored of it.
      for part in last.parts where part.expected != nil {
        if let kind = Tally.Kind(rawValue: part.name) { tally.expected[kind] = tally.stored[kind] }
      }
    } else {
      uncounted.append(repository)
    }
    for kind in Tally.Kind.allCases where engine.gaps.count(in: .part(kind.part, of: repository.id)) > 0 {
      if try await !engine.isRead(.part(kind.part, of: repository.id), world: world) { tally.truncated.insert(kind) }
    }
    tallies[repository.id] = tally
  }

  /// How many changes are stored of each repository.
  var stored: [RepositoryID: ContentCounts] {
    tallies.reduce(into: [:]) { counts, entry in
      counts[entry.key] = ContentCounts(
        repositoryID: entry.key, changes: entry.value.stored[.changes], openChanges: entry.value.stored[.openChanges])
    }
  }

  mutating func note(_ why: String, of repositories: [Repository]) {
    for repository in repositories { tallies[repository.id]?.uncounted = why }
  }
}

extension SyncEngine {
  /// Whether the host's own times say that nothing happened in a repository since earlier runs read all of it.
  fileprivate func isUntouched(_ repository: Repository, world: SyncWorld) async throws -> Bool {
    for part in [SyncPart.changes, .deployments, .issues] {
      if repository.hasNothing(of: part, since: world.window.since) { continue }
      guard let span = world.span(part, of: repository), repository.isQuiet(part, since: world.beginning(span)) else {
        return false
      }
    }
    guard let head = repository.headSHA, repository.pushedAt.map({ $0 >= world.window.since }) ?? true else { return true }
    let id = RecordID(unchecked: "\(repository.id)@\(head)")
    guard world.span(.history, of: repository) != nil else { return false }
    return try await store.record(Commit.self, id: id, connection: world.connections.host) != nil
  }
}

/// How much is expected of a repository and how much is stored.
private struct Tally {
  enum Kind: String, CaseIterable {
    case changes
    case openChanges = "open changes"
    case commits, deployments, issues

    var part: SyncPart {
      switch self {
      case .changes, .openChanges: .changes
      case .commits: .history
      case .deployments: .deployments
      case .issues: .issues
      }
    }

    var whyUncounted: String { "the host does not count the \(rawValue) of a window" }
  }

  var expected: [Kind: Int] = [:]
  var stored: [Kind: Int] = [:]
  var truncated: Set<Kind> = []
  var uncounted: String?

  func fallsShort(_ kind: Kind) -> Bool { expected[kind].map { (stored[kind] ?? 0) < $0 } ?? false }
  func exceeds(_ kind: Kind) -> Bool { expected[kind].map { (stored[kind] ?? 0) > $0 } ?? false }
  var agrees: Bool { Kind.allCases.allSatisfy { !fallsShort($0) && !exceeds($0) } }

  /// Takes the host's counts of what a run reads.
  mutating func take(_ counts: ContentCounts, from sources: SyncSources) {
    expected = [:]
    if sources.changes != nil { (expected[.changes], expected[.openChanges]) = (counts.changes, counts.openChanges) }
    if sources.history != nil { expected[.commits] = counts.commits }
    if sources.deployments != nil { expected[.deployments] = counts.deployments }
    if sources.issues != nil { expected[.issues] = counts.issues }
  }

  mutating func recount(_ repository: Repository, store: any Store, world: SyncWorld) async throws {
    func query<Record: StoredRecord>(_ type: Record.Type) -> RecordQuery<Record> {
      let times = world.window.since..<Date.distantFuture
      return RecordQuery(type, connection: world.connections.host, repository: repository.id, times: times)
    }
    func count<Record: StoredRecord>(_ type: Record.Type) async throws -> Int { try await store.count(query(type)) }
    stored[.commits] = try await count(Commit.self)
    stored[.deployments] = try await count(Deployment.self)
    stored[.issues] = try await count(Issue.self)
    var (changes, open) = (0, 0)
    try await store.forEachPage(query(Change.self)) { page in
      changes += page.count
      open += page.count { $0.value.state == .open }
    }
    (stored[.changes], stored[.openChanges]) = (changes, open)
  }
}
