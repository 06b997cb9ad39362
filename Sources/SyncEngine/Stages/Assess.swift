import KoalrDomain
import KoalrRiskModel
import KoalrStorage

extension SyncEngine {
  /// Scores a repository's changes from everything that is stored about them, and the repository from its changes.
  ///
  /// - Returns: the repository's own assessment, and what is stored of its window.
  @discardableResult
  func assess(_ repository: Repository, world: SyncWorld) async throws -> Assessed {
    let records = try await RepositoryRecords(repository, engine: self, world: world)
    let evidence = try await EvidenceCollection(
      repository, coverage: records.coverage, codeOwners: records.codeOwners, engine: self, world: world)
    let isListed = try await isEveryChangeListed(of: repository, world: world)
    var batch = StoreBatch(connection: world.connections.host)
    let incidents = deriveIncidents(of: repository, from: records, world: world, into: &batch)
    let assessments = score(records, of: repository, incidents: incidents, evidence: evidence, now: world.window.now)
    let known = isListed ? assessments.count : nil
    let own = assessments.isEmpty ? nil : repositoryRisk(of: repository, from: assessments, known: known, world: world)
    batch.replace(all: RiskAssessment.self, in: repository.id, with: assessments.map(\.assessment) + [own].compactMap(\.self))
    try await store.write(batch)
    return Assessed(own: own, stored: StoredCounts(of: records, since: world.window.since))
  }

  private func score(
    _ records: RepositoryRecords, of repository: Repository, incidents: [Incident], evidence: EvidenceCollection, now: Date
  ) -> [RepositoryRisk.Scored] {
    var assessments: [RepositoryRisk.Scored] = []
    assessments.reserveCapacity(records.changes.count)
    let commits = records.commits
    var replay = HistoryReplay(commits: commits, head: repository.headSHA, incidents: incidents, decay: scorer.model.decay)
    let committedAt = Dictionary(commits.map { ($0.sha, $0.committedAt) }, uniquingKeysWith: { first, _ in first })
    replay.evidence(for: records.changes, now: now) { change, time, history in
      let headCommittedAt = change.headSHA.flatMap { committedAt[$0] }
      let all = evidence.evidence(of: change, asOf: time, history: history, headCommittedAt: headCommittedAt)
      assessments.append(RepositoryRisk.Scored(assessment: scorer.assess(all), decidedAt: change.decidedAt))
    }
    return assessments
  }

  /// Gives changes that have no score yet their first one, from what the code host says of them alone.
  ///
  /// - Returns: how many were scored of each repository.
  func assessNewChanges(of repositories: [Repository], world: SyncWorld) async throws -> [RepositoryID: Int] {
    var batch = StoreBatch(connection: world.connections.host)
    var counts: [RepositoryID: Int] = [:]
    for repository in repositories {
      counts[repository.id] = try await assessNewChanges(of: repository, world: world, into: &batch)
    }
    if !batch.isEmpty { try await store.write(batch) }
    return counts
  }

  private func assessNewChanges(
    of repository: Repository, world: SyncWorld, into batch: inout StoreBatch
  ) async throws -> Int {
    let (host, id) = (world.connections.host, repository.id)
    let (known, all, coverage, codeOwners) = try await store.all(
      of: RecordQuery(RiskAssessment.self, connection: host, repository: id),
      RecordQuery(Change.self, connection: host, repository: id), RecordQuery(ChangeCoverage.self, repository: id),
      RecordQuery(CodeOwnersSnapshot.self, connection: host, repository: id))
    let scored = Set(known.map(\.subject))
    let changes = all.filter { !scored.contains(.change($0.id)) }
    guard !changes.isEmpty else { return 0 }
    let evidence = try await EvidenceCollection(
      repository, coverage: coverage, codeOwners: codeOwners.first, engine: self, world: world)
    let assessments = changes.map { change in
      let time = change.decidedAt ?? world.window.now
      let known = evidence.evidence(of: change, asOf: time, history: nil, headCommittedAt: nil)
      return RepositoryRisk.Scored(assessment: scorer.assess(known), decidedAt: change.decidedAt)
    }
    batch.upsert(assessments.map(\.assessment))
    if scored.isEmpty { batch.upsert(repositoryRisk(of: repository, from: assessments, known: nil, world: world)) }
    return assessments.count
  }

  /// Whether the list of changes was read to its end; without, nobody knows how many the window has.
  private func isEveryChangeListed(of repository: Repository, world: SyncWorld) async throws -> Bool {
    guard options.reads(.pullRequests) else { return false }
    let scope = SourceID.part(sources.changes == nil ? .history : .changes, of: repository.id)
    return try await isRead(scope, world: world)
  }

  /// Whether a part was read to its end, by this run or by one before.
  func isRead(_ scope: SourceID, world: SyncWorld) async throws -> Bool {
    if world.earlier[scope] != nil { return true }
    return try await store.checkpoint(scope, connection: world.connections.host)?.complete == true
  }

  private func repositoryRisk(
    of repository: Repository, from assessments: [RepositoryRisk.Scored], known: Int?, world: SyncWorld
  ) -> RiskAssessment {
    RepositoryRisk(model: scorer.model).assess(
      repository: repository.id, changes: assessments, known: known, now: world.window.now)
  }
}

/// How scoring a repository ended.
struct Assessed: Sendable {
  /// The repository's own assessment; `nil` when nothing changed in the window.
  var own: RiskAssessment?
  /// How much is stored of the window.
  var stored: StoredCounts
}
