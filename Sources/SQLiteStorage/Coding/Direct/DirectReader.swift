/// Reads the entries of maps in the order in which they were written.
struct DirectReader {
  private let bytes: RecordBytes
  private var offset = 0
  /// How many entries of the innermost map are left.
  private var entries = 0

  init(_ bytes: RecordBytes) { self.bytes = bytes }

  var isAtEnd: Bool { offset == bytes.count }

  // MARK: Entries

  /// Reads the value of the entry that has to come next.
  @inline(__always)
  mutating func value<Value: DirectValue>(_ key: StaticString) throws(RecordFault) -> Value {
    guard take(key) else { throw .outOfOrder }
    return try Value.read(from: &self)
  }

  /// Reads the value of the entry that comes next, if it has this key.
  @inline(__always)
  mutating func optional<Value: DirectValue>(_ key: StaticString) throws(RecordFault) -> Value? {
    guard take(key) else { return nil }
    return try Value.read(from: &self)
  }

  @inline(__always)
  private mutating func take(_ key: StaticString) -> Bool {
    guard entries > 0, bytes.hasKey(key, at: offset) else { return false }
    entries -= 1
    offset += 1 + key.utf8CodeUnitCount
    return true
  }

  // MARK: Items

  @inline(__always)
  mutating func scalar<Value: RecordScalar>(_ type: Value.Type) throws(RecordFault) -> Value {
    try Value.read(bytes, at: &offset)
  }

  /// Reads the head of a map. Returns how many entries of the map around it are left, for ``closeMap(_:)``.
  mutating func openMap() throws(RecordFault) -> Int {
    let outer = entries
    entries = try openContainer(.map)
    return outer
  }

  /// Makes sure that a map has no entry that nobody took: it would be one that came too early for an optional key, or a new one.
  mutating func closeMap(_ outer: Int) throws(RecordFault) {
    guard entries == 0 else { throw .outOfOrder }
    entries = outer
  }

  /// Reads the head of an array. Returns the count, and how many elements may be made room for before they are seen to be there.
  mutating func openArray() throws(RecordFault) -> (count: Int, room: Int) {
    let count = try openContainer(.array)
    return (count, min(count, 1024))
  }

  private mutating func openContainer(_ kind: RecordHead.Kind) throws(RecordFault) -> Int {
    let head = try bytes.head(at: &offset)
    guard head.kind == kind else { throw head.mismatch }
    return try bytes.length(head, at: offset)
  }
}
