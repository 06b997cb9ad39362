#if SQLite
import KoalrDomain
import KoalrStorage

/// The row that a new value meets, read where SQLite has it. It is gone when its statement goes on.
struct StoredRow {
  private let row: SQLiteStatement
  private let kind: String
  private let id: String
  let rowid: Int
  /// The version of the part `whole`.
  let version: Date?
  /// The versions of the parts as stored; `nil` for `whole` alone.
  let stamps: [UInt8]?
  private let parts: [RecordPart]

  /// Reads the row that ``RecordSQL/stored`` found.
  init(_ row: SQLiteStatement, of new: EncodedRecord) throws(StoreError) {
    self.row = row
    kind = new.kind
    id = new.id
    rowid = row.integer(0)
    version = row.optionalReal(3).map { Date(timeIntervalSinceReferenceDate: $0) }
    guard !row.isNull(4) else {
      stamps = nil
      parts = [RecordPart(.whole, version: version)]
      return
    }
    let bytes = row.bytes(4)
    guard let decoded = StampCoder.decode(bytes) else {
      throw .damaged(kind, id, during: "update", because: "the versions of its parts make no sense")
    }
    stamps = bytes
    parts = decoded
  }

  /// Whether nothing would change if `new` were written over it.
  func has(_ new: EncodedRecord) throws -> Bool {
    guard stamps == new.stamps, version == new.version.map(Date.init(timeIntervalSinceReferenceDate:)) else { return false }
    let isSame = row.withBytes(5) { stored in new.body.withUnsafeBytes { stored.elementsEqual($0) } }
    return try isSame && !moves(to: new)
  }

  /// Whether the row is found elsewhere once `new` is written over it.
  func moves(to new: EncodedRecord) throws -> Bool { row.real(2) != new.time || row.optionalText(1) != new.repository }

  /// Whether a new value of a part is taken.
  func takes(_ part: RecordPart) -> Bool {
    parts.first { $0.name == part.name }.map { part.isNotOlder(than: $0) } ?? true
  }

  /// Returns what is to be stored once the parts of a new value are taken over.
  func merged<Record: StoredRecord>(with record: Record, encodedAs new: EncodedRecord) throws -> EncodedRecord {
    if let spliced = spliced(with: new, as: Record.self) { return spliced }
    let value = try row.withBytes(5) { bytes throws(StoreError) in
      try Record(storedAs: bytes, id: id, during: "update")
    }
    var stamped = StampedRecord(value: value, stamps: parts)
    stamped.merge(record)
    return try EncodedRecord(stamped.value, parts: stamped.stamps)
  }

  private func spliced<Record: StoredRecord>(with new: EncodedRecord, as type: Record.Type) -> EncodedRecord? {
    guard let type = type as? any SplicedRecord.Type else { return nil }
    var stamps = parts
    let taken = stamps.takeOver(new.parts)
    let body = row.withBytes(5) { stored in
      new.body.withUnsafeBytes { type.splice(stored, taking: taken, from: $0) }
    }
    guard let body else { return nil }
    let isMoved = taken.contains(.whole)
    return EncodedRecord(
      new, repository: isMoved ? new.repository : row.optionalText(1), time: isMoved ? new.time : row.real(2), parts: stamps,
      body: body)
  }
}

extension StoredRecord {
  /// Decodes a stored body.
  init(storedAs bytes: UnsafeRawBufferPointer, id: @autoclosure () -> String, during verb: String) throws(StoreError) {
    do {
      self = try RecordCoder.decode(Self.self, from: bytes)
    } catch {
      throw .damaged(Self.kind.rawValue, id(), during: verb, because: "what is stored is no \(Self.self)")
    }
  }
}

extension StoreError {
  /// A row that cannot be understood.
  static func damaged(_ kind: String, _ id: String, during verb: String, because reason: String) -> StoreError {
    StoreError(
      .damaged, operation: "\(verb) the \(kind) \"\(id)\"",
      reason: "\(reason); restore a backup, or delete the record and sync again.")
  }
}
#endif
