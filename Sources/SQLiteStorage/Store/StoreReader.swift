#if SQLite
import KoalrDomain
import KoalrStorage

/// Reads records on one connection.
struct StoreReader {
  private let connection: SQLiteConnection

  init(_ connection: SQLiteConnection) { self.connection = connection }

  func record<Record: StoredRecord>(_ type: Record.Type, _ id: RecordID, _ owner: ConnectionID) throws -> Record? {
    let row = try connection.prepared(RecordSQL.one).text(Record.kind.rawValue).text(owner.rawValue).text(id.rawValue)
    // A statement that is not reset keeps its view of the file, and the log could not be emptied.
    defer { row.begin() }
    guard try row.step() else { return nil }
    return try row.withBytes(0) { bytes throws(StoreError) in try Record(storedAs: bytes, id: id.rawValue, during: "read") }
  }

  func page<Record: StoredRecord>(_ query: RecordQuery<Record>) throws -> RecordPage<Record> {
    let limit = max(1, query.limit)
    let rows = try bindPage(query, limit: limit)
    defer { rows.begin() }
    var page: [Held<Record>] = []
    // Room for more would be taken from the system and given back for every page.
    page.reserveCapacity(min(limit, 64))
    while try rows.step() {
      // The row behind the page is asked for only to know whether there is one.
      if page.count == limit { return RecordPage(page, next: page.last.map(\.position)) }
      let value: Record = try self.value(in: rows)
      page.append(Held(connection: query.connection ?? ConnectionID(unchecked: rows.text(0)), value: value))
    }
    return RecordPage(page, next: nil)
  }

  /// Reads all pages as one.
  func all<Record: StoredRecord>(_ query: RecordQuery<Record>) throws -> [Record] {
    let rows = try bindPage(query, limit: .max)
    defer { rows.begin() }
    var records: [Record] = []
    while try rows.step() { records.append(try value(in: rows)) }
    return records
  }

  private func value<Record: StoredRecord>(in rows: SQLiteStatement) throws(StoreError) -> Record {
    try rows.withBytes(2) { bytes throws(StoreError) in
      try Record(storedAs: bytes, id: rows.text(1), during: "read")
    }
  }

  func count<Record: StoredRecord>(_ query: RecordQuery<Record>) throws -> Int {
    let row = try bindWhole(query, .count)
    defer { row.begin() }
    return try row.step() ? row.integer(0) : 0
  }

  /// Counts the files without reading what else the records hold.
  func countFiles<Record: FileHolding>(of query: RecordQuery<Record>) throws -> Int {
    let rows = try bindWhole(query, .bodies)
    defer { rows.begin() }
    var count = 0
    while try rows.step() {
      count += try rows.withBytes(1) { bytes throws(StoreError) in
        if let count = RecordCoder.elementCount(of: "files", in: bytes) { return count }
        return try Record(storedAs: bytes, id: rows.text(0), during: "read").files?.count ?? 0
      }
    }
    return count
  }

  private func bindWhole<Record: StoredRecord>(
    _ query: RecordQuery<Record>, _ columns: RecordSQL.Columns
  ) throws -> SQLiteStatement {
    let sql = RecordSQL.whole(
      columns, inRepository: query.repository != nil, ofConnection: query.connection != nil, inWindow: query.times != nil)
    let rows = try bindFilter(query, sql)
    if query.times != nil { rows.real(query.window.lower).real(query.window.upper) }
    return rows
  }

  private func bindPage<Record: StoredRecord>(_ query: RecordQuery<Record>, limit: Int) throws -> SQLiteStatement {
    let sql = RecordSQL.page(
      inRepository: query.repository != nil, ofConnection: query.connection != nil, newestFirst: query.newestFirst)
    let (lower, upper) = query.window
    let rows = try bindFilter(query, sql)
    let (near, far) = query.newestFirst ? (upper, lower) : (lower, upper)
    if let after = query.after, query.newestFirst ? after.time.sortSeconds < near : after.time.sortSeconds >= near {
      rows.real(after.time.sortSeconds).text(after.connection.rawValue).text(after.id.rawValue)
    } else {
      // No connection and no id is empty, so this lies before everything of its time.
      rows.real(near).text("").text("")
    }
    return rows.real(far).integer(limit == .max ? limit : limit + 1)
  }

  private func bindFilter<Record: StoredRecord>(_ query: RecordQuery<Record>, _ sql: String) throws -> SQLiteStatement {
    let rows = try connection.prepared(sql).text(Record.kind.rawValue)
    if let repository = query.repository { rows.text(repository.rawValue) }
    if let connection = query.connection { rows.text(connection.rawValue) }
    return rows
  }
}

extension RecordQuery {
  /// The times to read, in seconds since 2001-01-01 UTC; what has no time is in no window.
  fileprivate var window: (lower: Double, upper: Double) {
    guard let times else { return (-.infinity, .infinity) }
    let lower = max(times.lowerBound.timeIntervalSinceReferenceDate, -.greatestFiniteMagnitude)
    return (lower, times.upperBound.timeIntervalSinceReferenceDate)
  }
}
#endif
