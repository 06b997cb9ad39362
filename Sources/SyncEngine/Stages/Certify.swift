import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension SyncEngine {
  /// Compares what is stored of each repository with what its host counts, reads again once what falls short, and stores a
  /// certificate for each.
  ///
  /// - Parameter stored: how much was stored of each repository when it was scored; the others are counted.
  func certify(_ world: SyncWorld, stored: [RepositoryID: StoredCounts]) async throws -> [Certificate] {
    var plan = try await CertificationPlan(engine: self, world: world)
    for repository in world.repositories {
      try await plan.add(repository, stored: stored[repository.id], engine: self, world: world)
    }
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
    // Events may have brought something since the repositories were scored.
    try await plan.recount(engine: self, world: world)
    let changes = world.repositories.filter { plan.tallies[$0.id]?.fallsShort(.changes) == true }
    if let source = sources.changes {
      try await readPages(.changes, of: questions(changes, world), world: world, ask: { try await source.changes($0) }) {
        for repository in $0 {
          try await self.reconcileOpenChanges(of: repository, world: world)
          try await self.readHistory(of: repository, world: world)
        }
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
      plan.tallies[repository.id]?.stored = try await assess(repository, world: world).stored
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
      let missing = (tally.expected[kind] ?? 0) - tally.stored[kind]
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
        name: kind.rawValue, expected: tally.expected[kind], stored: tally.stored[kind],
        truncated: tally.truncated.contains(kind), unreachable: gaps.count(in: scope), reasons: told + uncounted)
    }
    return Certificate(repositoryID: repository.id, since: world.window.since, until: world.window.now, parts: parts)
  }
}
