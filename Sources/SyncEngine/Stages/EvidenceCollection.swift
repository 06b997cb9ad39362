import KoalrCodeOwnersParser
import KoalrDomain
import KoalrRiskModel
import KoalrStorage

/// What is known about a repository's changes beside its history, read once for all of them.
struct EvidenceCollection {
  private let ownership: Evidence<OwnershipEvidence>
  private let coverage: [ChangeID: ChangeCoverage]
  private let coverageAbsence: String
  private let historyAbsence: String?
  private let reviewsAbsence: String

  init(
    _ repository: Repository, coverage measured: [ChangeCoverage], codeOwners: CodeOwnersSnapshot?, engine: SyncEngine,
    world: SyncWorld
  ) async throws {
    ownership = Self.ownership(of: repository, codeOwners, world: world)
    coverage = Dictionary(measured.map { ($0.changeID, $0) }, uniquingKeysWith: { first, _ in first })
    coverageAbsence = Self.coverageAbsence(world)
    let scope = SourceID.part(.history, of: repository.id)
    let isQuiet = repository.pushedAt.map { $0 < world.window.since } ?? false
    let isRead = isQuiet ? false : try await engine.isRead(scope, world: world)
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
    of repository: Repository, _ snapshot: CodeOwnersSnapshot?, world: SyncWorld
  ) -> Evidence<OwnershipEvidence> {
    if world.withoutCodeOwners.contains(repository.id) { return .known(.noFile) }
    guard let snapshot else { return .missing(reason: "the CODEOWNERS file could not be read") }
    guard let text = snapshot.text else { return .missing(reason: "the host did not give the text of \(snapshot.path)") }
    return .known(.file(CodeOwnersParser(dialect: .gitHub).parse(text), teams: world.teams))
  }

  private static func coverageAbsence(_ world: SyncWorld) -> String {
    guard let connection = world.connections.coverage else { return "no coverage service is connected" }
    guard connection.status != .failed else { return "\(connection.service) could not be used" }
    return "\(connection.service) has no report for this change"
  }
}
