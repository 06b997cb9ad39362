#if SQLite
import KoalrDomain
import KoalrStorage
import Synchronization

/// The index that leads through the records of all repositories by their time. It is made when it is first asked for.
///
/// A sync writes repository by repository, so the times of what it writes lie all over this index: kept from the first record on,
/// it was half of all pages that a first sync wrote. No step of a sync reads along it. Made when the records are there, in the
/// order of their times, it costs a fifth of that and has fewer pages; from then on it is kept like any other.
///
/// Nothing but speed depends on it: without it SQLite sorts.
struct TimeIndex {
  /// So many records of a kind are sorted sooner than an index is made of all kinds.
  static let fewRecords = 1_000
  /// How long a reading waits for another process that writes before it sorts; the next one tries again.
  static let patience = 0.1

  static let creation = "CREATE INDEX IF NOT EXISTS record_by_time ON record (kind, time, connection, id)"
  private static let isThere = "SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = 'record_by_time'"

  private let connection: SQLiteConnection

  init(_ connection: SQLiteConnection) { self.connection = connection }

  /// Whether the file has it.
  func isThere() throws -> Bool {
    let row = try connection.prepared(Self.isThere)
    defer { row.begin() }
    return try row.step()
  }

  /// Whether a kind has too many records to be sorted for each page.
  func isWorthwhile(for kind: RecordKind) throws -> Bool {
    let row = try connection.prepared(RecordSQL.countUpTo).text(kind.rawValue).integer(Self.fewRecords + 1)
    defer { row.begin() }
    return try row.step() && row.integer(0) > Self.fewRecords
  }

  func make() throws {
    try connection.waiting(seconds: Self.patience) { () throws(SQLiteFailure) in try connection.execute(Self.creation) }
  }
}

extension SQLiteDatabase {
  /// Makes the index by time if a query over all repositories would have to sort many records without it.
  func orderByTime<Record: StoredRecord>(for query: RecordQuery<Record>) async throws {
    guard query.repository == nil, !hasTimeIndex.load(ordering: .relaxed) else { return }
    let (isThere, isWorthwhile) = try await reader.run("read \(Record.kind) records") { connection in
      let index = TimeIndex(connection)
      let isThere = try index.isThere()
      return (isThere, try !isThere && index.isWorthwhile(for: Record.kind))
    }
    // It never goes again. A file that cannot be written now can be read all the same.
    if isThere { return hasTimeIndex.store(true, ordering: .relaxed) }
    if isWorthwhile { _ = try? await writer.run("order the records by time") { try TimeIndex($0).make() } }
  }
}
#endif
