import KoalrCodeOwnersParser
import KoalrDomain
import KoalrIntegrationProtocols
import KoalrRiskModel
import KoalrStorage

extension SyncEngine {
  /// Scores a repository's changes from everything that is stored about them, and the repository from its changes.
  ///
  /// - Returns: the repository's own assessment, or `nil` when nothing changed in the window.
  func assess(_ repository: Repository, world: SyncWorld) async throws -> RiskAssessment? {
    let host = world.connections.host
    let times = world.window.since..<Date.distantFuture
    let changes = try await store.all(RecordQuery(Change.self, connection: host, repository: repository.id, times: times))
    let commits = try await store.all(RecordQuery(Commit.self, connection: host, repository: repository.id, times: times))
    let incidents = try await deriveIncidents(of: repository, commits: commits, changes: changes, world: world)
    let evidence = try await EvidenceCollection(repository, engine: self, world: world)
    var assessments: [RepositoryRisk.Scored] = []
    var replay = HistoryReplay(commits: commits, head: repository.headSHA, incidents: incidents, decay: scorer.model.decay)
    let committedAt = Dictionary(commits.map { ($0.sha, $0.committedAt) }, uniquingKeysWith: { first, _ in first })
    replay.evidence(for: changes, now: world.window.now) { change, time, history in
      let headCommittedAt = change.headSHA.flatMap { committedAt[$0] }
      let all = evidence.evidence(of: change, asOf: time, history: history, headCommittedAt: headCommittedAt)
      assessments.append(RepositoryRisk.Scored(assessment: scorer.assess(all), decidedAt: change.decidedAt))
    }
    return try await write(assessments, of: repository, world: world)
  }

  /// Gives changes that have no score yet their first one, from what the code host says of them alone.
  ///
  /// - Returns: how many were scored.
  func assessNewChanges(of repository: Repository, world: SyncWorld) async throws -> Int {
    let host = world.connections.host
    let scored = Set(
      try await store.all(RecordQuery(RiskAssessment.self, connection: host, repository: repository.id)).map(\.subject))
    let changes = try await store.all(RecordQuery(Change.self, connection: host, repository: repository.id))
      .filter { !scored.contains(.change($0.id)) }
    guard !changes.isEmpty else { return 0 }
    let evidence = try await EvidenceCollection(repository, engine: self, world: world)
    let assessments = changes.map { change in
      let time = change.decidedAt ?? world.window.now
      let known = evidence.evidence(of: change, asOf: time, history: nil, headCommittedAt: nil)
      return RepositoryRisk.Scored(assessment: scorer.assess(known), decidedAt: change.decidedAt)
    }
    var batch = StoreBatch(connection: host)
    batch.upsert(assessments.map(\.assessment))
    if scored.isEmpty { batch.upsert(repositoryRisk(of: repository, from: assessments, known: nil, world: world)) }
    try await store.write(batch)
    return assessments.count
  }

  private func write(
    _ assessments: [RepositoryRisk.Scored], of repository: Repository, world: SyncWorld
  ) async throws -> RiskAssessment? {
    var batch = StoreBatch(connection: world.connections.host)
    let known = try await isEveryChangeListed(of: repository, world: world) ? assessments.count : nil
    let own = assessments.isEmpty ? nil : repositoryRisk(of: repository, from: assessments, known: known, world: world)
    batch.replace(all: RiskAssessment.self, in: repository.id, with: assessments.map(\.assessment) + [own].compactMap(\.self))
    try await store.write(batch)
    return own
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

/// What is known about a repository's changes beside its history, read once for all of them.
private struct EvidenceCollection {
  let repository: Repository
  let ownership: Evidence<OwnershipEvidence>
  let coverage: [ChangeID: ChangeCoverage]
  let coverageAbsence: String
  let historyAbsence: String?
  let reviewsAbsence: String

  init(_ repository: Repository, engine: SyncEngine, world: SyncWorld) async throws {
    self.repository = repository
    ownership = try await Self.ownership(of: repository, engine: engine, world: world)
    let measured = try await engine.store.all(RecordQuery(ChangeCoverage.self, repository: repository.id))
    coverage = Dictionary(measured.map { ($0.changeID, $0) }, uniquingKeysWith: { first, _ in first })
    coverageAbsence = Self.coverageAbsence(world)
    let scope = SourceID.part(.history, of: repository.id)
    let isQuiet = repository.pushedAt.map { $0 < world.window.since } ?? false
    let isRead = try await engine.isRead(scope, world: world) && !isQuiet
    historyAbsence = isRead ? nil : "the history of \(repository.name) has not been read"
    reviewsAbsence = Self.reviewsAbsence(engine)
  }

  func evidence(of change: Change, asOf time: Date, history: HistoryEvidence?, headCommittedAt: Date?) -> ChangeEvidence {
    let known: Evidence<HistoryEvidence> =
      if let historyAbsence { .missing(reason: historyAbsence) } else { Evidence(history, else: "the history has not been read") }
    return ChangeEvidence(
      change: change, asOf: time, history: known, ownership: ownership,
      coverage: Evidence(coverage[change.id], else: coverageAbsence),
      headCommittedAt: headCommittedAt, reviewsAbsence: reviewsAbsence)
  }

  private static func reviewsAbsence(_ engine: SyncEngine) -> String {
    guard engine.options.reads(.pullRequests) else { return "pull requests are turned off for this connection" }
    return engine.sources.changes == nil ? "a local history holds no reviews" : "the reviews have not been read"
  }

  private static func ownership(
    of repository: Repository, engine: SyncEngine, world: SyncWorld
  ) async throws -> Evidence<OwnershipEvidence> {
    if world.withoutCodeOwners.contains(repository.id) { return .known(.noFile) }
    let id = RecordID(unchecked: repository.id.rawValue)
    guard let snapshot = try await engine.store.record(CodeOwnersSnapshot.self, id: id, connection: world.connections.host) else {
      return .missing(reason: "the CODEOWNERS file could not be read")
    }
    guard let text = snapshot.text else { return .missing(reason: "the host did not give the text of \(snapshot.path)") }
    return .known(.file(CodeOwnersParser(dialect: .gitHub).parse(text), teams: world.teams))
  }

  private static func coverageAbsence(_ world: SyncWorld) -> String {
    guard let connection = world.connections.coverage else { return "no coverage service is connected" }
    guard connection.status != .failed else { return "\(connection.service) could not be used" }
    return "\(connection.service) has no report for this change"
  }
}
