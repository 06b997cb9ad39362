#if SQLite
import KoalrDomain
import KoalrStorage

/// Applies a batch within a transaction.
///
/// What usually happens is cheap: a new record costs one statement, a replay compares bytes, a record of one part is overwritten
/// unread. Only values that share a record are merged, those of changes without decoding them.
struct BatchWriter {
  private let connection: SQLiteConnection
  private let owner: String
  /// Taken once for the batch: looking its long text up for every record took as long as binding it.
  private let insert: SQLiteStatement
  /// For each kind whether the connection has tombstones; most never do.
  private var hasTombstones: [String: Bool] = [:]
  /// Whether the last record was there already. What follows it likely is too, and is looked up before it is inserted in vain.
  private var meetsRows = false

  init(_ connection: SQLiteConnection, owner: ConnectionID) throws {
    self.connection = connection
    self.owner = owner.rawValue
    insert = try connection.prepared(RecordSQL.insert)
  }

  mutating func apply(_ operation: EncodedBatch.Operation) throws {
    switch operation {
    case .upsert(let record): try upsert(record)
    case .delete(let kind, let id, let version): try delete(kind.rawValue, id.rawValue, version)
    case .replace(let kind, let repository, let records):
      try removeAll(kind.rawValue, repository, except: Set(records.map { Array($0.id.utf8) }))
      for record in records { try upsert(record) }
    }
  }

  // MARK: Upserts

  private mutating func upsert(_ new: EncodedRecord) throws {
    guard try passesTombstone(new) else { return }
    if meetsRows, try update(new, new.record) { return }
    try insert
      .text(new.kind).text(owner).text(new.id).text(new.repository).real(new.time).real(new.version).blob(new.stamps)
      .blob(new.body).run()
    meetsRows = connection.changes == 0
    if meetsRows { _ = try update(new, new.record) }
  }

  /// Returns whether there is such a record.
  private func update<Record: StoredRecord>(_ new: EncodedRecord, _ record: Record) throws -> Bool {
    let row = try connection.prepared(RecordSQL.stored).text(new.kind).text(owner).text(new.id)
    defer { row.begin() }
    guard try row.step() else { return false }
    let stored = try StoredRow(row, of: new)
    if stored.stamps == nil, new.stamps == nil, Record.isReplacedWhole {
      guard new.parts[0].isNotOlder(than: RecordPart(.whole, version: stored.version)) else { return true }
      if try !stored.has(new) { try write(new, over: stored) }
    } else {
      guard try !stored.has(new), new.parts.contains(where: stored.takes) else { return true }
      let merged = try stored.merged(with: record, encodedAs: new)
      if try !stored.has(merged) { try write(merged, over: stored) }
    }
    return true
  }

  private func write(_ new: EncodedRecord, over stored: StoredRow) throws {
    let moves = try stored.moves(to: new)
    let update = try connection.prepared(moves ? RecordSQL.updateAndMove : RecordSQL.updateInPlace)
      .real(new.version).blob(new.stamps).blob(new.body)
    if moves { update.text(new.repository).real(new.time) }
    try update.integer(stored.rowid).run()
  }

  /// Whether the record may come back; then its tombstone is gone.
  private mutating func passesTombstone(_ new: EncodedRecord) throws -> Bool {
    guard try hasTombstones(of: new.kind), let deletion = try deletion(new.kind, new.id) else { return true }
    guard new.record.outlives(deletionAt: deletion) else { return false }
    try connection.prepared(RecordSQL.unbury).text(new.kind).text(owner).text(new.id).run()
    return true
  }

  private mutating func hasTombstones(of kind: String) throws -> Bool {
    if let known = hasTombstones[kind] { return known }
    let row = try connection.prepared(RecordSQL.anyTombstone).text(kind).text(owner)
    defer { row.begin() }
    let found = try row.step()
    hasTombstones[kind] = found
    return found
  }

  private func deletion(_ kind: String, _ id: String) throws -> Date? {
    let row = try connection.prepared(RecordSQL.tombstone).text(kind).text(owner).text(id)
    defer { row.begin() }
    return try row.step() ? Date(timeIntervalSinceReferenceDate: row.real(0)) : nil
  }

  // MARK: Removals

  private mutating func delete(_ kind: String, _ id: String, _ version: Date?) throws {
    guard try remove(kind, id, version), let version else { return }
    try connection.prepared(RecordSQL.bury)
      .text(kind).text(owner).text(id).real(version.timeIntervalSinceReferenceDate).run()
    hasTombstones[kind] = true
  }

  /// Removes a record, unless it is newer than the deletion. Returns whether it is gone.
  private func remove(_ kind: String, _ id: String, _ version: Date?) throws -> Bool {
    let row = try connection.prepared(RecordSQL.version).text(kind).text(owner).text(id)
    defer { row.begin() }
    guard try row.step() else { return true }
    let stored = RecordPart(.whole, version: row.optionalReal(1).map { Date(timeIntervalSinceReferenceDate: $0) })
    guard RecordPart(.whole, version: version).isNotOlder(than: stored) else { return false }
    try connection.prepared(RecordSQL.delete).integer(row.integer(0)).run()
    return true
  }

  private func removeAll(_ kind: String, _ repository: RepositoryID?, except kept: Set<[UInt8]>) throws {
    let rows = try connection.prepared(repository == nil ? RecordSQL.set : RecordSQL.repositorySet).text(kind)
    if let repository { rows.text(repository.rawValue) }
    rows.text(owner)
    defer { rows.begin() }
    var missing: [Int] = []
    while try rows.step() { if !kept.contains(rows.bytes(1)) { missing.append(rows.integer(0)) } }
    for rowid in missing { try connection.prepared(RecordSQL.delete).integer(rowid).run() }
  }

  /// Removes everything of the connection. Returns how many records that were.
  func forget() throws -> Int {
    var count = 0
    for kind in try kinds(RecordSQL.nextRecordKind) {
      try connection.prepared(RecordSQL.forgetRecords).text(kind).text(owner).run()
      count += connection.changes
    }
    for kind in try kinds(RecordSQL.nextTombstoneKind) {
      try connection.prepared(RecordSQL.forgetTombstones).text(kind).text(owner).run()
    }
    return count
  }

  private func kinds(_ next: String) throws -> [String] {
    var kinds: [String] = []
    while true {
      let row = try connection.prepared(next).text(kinds.last ?? "")
      defer { row.begin() }
      guard try row.step() else { return kinds }
      kinds.append(row.text(0))
    }
  }
}
#endif
