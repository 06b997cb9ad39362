#if SQLite
import KoalrDomain
import KoalrStorage

/// Compares each record with the columns it is found by.
struct RecordChecker {
  private let connection: SQLiteConnection

  /// The kinds whose types are known here.
  static let types: [any StoredRecord.Type] = [
    Connection.self, Repository.self, Change.self, Commit.self, CodeOwnersSnapshot.self, Deployment.self, Issue.self,
    Incident.self, Team.self, Contributor.self, RepositoryCoverage.self, ChangeCoverage.self, Vulnerability.self,
    LicenseIssue.self, RiskAssessment.self, ActivitySummary.self, Webhook.self, ChangeDependencies.self, Certificate.self,
    CodeOwnersVersion.self, OwnershipEvent.self, OwnershipReport.self, SyncCheckpoint.self,
  ]

  init(_ connection: SQLiteConnection) { self.connection = connection }

  /// Returns one sentence for each problem, at most `limit`.
  func problems(limit: Int) throws -> [String] {
    var problems: [String] = []
    for type in Self.types { try check(type, limit: limit, &problems) }
    return problems
  }

  private func check<Record: StoredRecord>(_ type: Record.Type, limit: Int, _ problems: inout [String]) throws {
    let row = try connection.prepared(
      "SELECT connection, id, repository, time, version, parts, body FROM record WHERE kind = ?"
    ).text(Record.kind.rawValue)
    defer { row.begin() }
    while problems.count < limit, try row.step() {
      guard let problem = problem(row, type) else { continue }
      problems.append("The \(Record.kind) \"\(row.text(1))\" of the connection \"\(row.text(0))\" \(problem).")
    }
  }

  private func problem<Record: StoredRecord>(_ row: SQLiteStatement, _ type: Record.Type) -> String? {
    let version = row.optionalReal(4).map { Date(timeIntervalSinceReferenceDate: $0) }
    if !row.isNull(5) {
      guard let parts = StampCoder.decode(row.bytes(5)) else { return "has versions of its parts that make no sense" }
      guard parts.first(where: { $0.name == .whole })?.version == version else { return "has two versions" }
    }
    guard let record = row.withBytes(6, { try? RecordCoder.decode(Record.self, from: $0) }) else {
      return "cannot be decoded"
    }
    guard record.recordID.rawValue.utf8.elementsEqual(row.text(1).utf8) else { return "is stored under another id" }
    guard record.recordTime.sortSeconds == row.real(3) else { return "is stored under another time" }
    guard record.recordRepository?.rawValue == row.optionalText(2) else { return "is stored under another repository" }
    return nil
  }
}
#endif
