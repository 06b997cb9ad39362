/// Writes the entries of maps in the order of the calls.
struct DirectWriter {
  private var bytes: [UInt8]
  /// How many entries the innermost map has so far.
  private var entries = 0

  /// Goes on behind bytes that are there already.
  init(takingOver target: inout [UInt8]) {
    bytes = []
    swap(&bytes, &target)
    // Most records are shorter, and so the bytes never have to move.
    bytes.reserveCapacity(bytes.count + 1024)
  }

  mutating func giveBack(to target: inout [UInt8]) { swap(&bytes, &target) }

  // MARK: Entries

  /// Writes an entry.
  @inline(__always)
  mutating func write<Value: DirectValue>(_ key: StaticString, _ value: Value) {
    entries += 1
    bytes.appendKey(key)
    value.write(to: &self)
  }

  /// Writes an entry, or nothing for `nil`, as synthesised code does.
  @inline(__always)
  mutating func write<Value: DirectValue>(_ key: StaticString, _ value: Value?) {
    if let value { write(key, value) }
  }

  // MARK: Items

  @inline(__always)
  mutating func scalar(_ value: some RecordScalar) { value.write(to: &bytes) }

  mutating func openArray(_ count: Int) { bytes.appendHead(.array, UInt64(count)) }

  /// Begins a map whose count is not known yet. Returns where it begins and the count of the map around it.
  mutating func openMap() -> (start: Int, entries: Int) {
    let outer = (start: bytes.count, entries: entries)
    bytes.append(RecordHead.emptyMap)
    entries = 0
    return outer
  }

  /// Puts the count in its place. Only that of a large map takes more than the byte that is there.
  mutating func closeMap(_ outer: (start: Int, entries: Int)) {
    if entries < 24 {
      bytes[outer.start] = RecordHead.emptyMap | UInt8(truncatingIfNeeded: entries)
    } else {
      var head: [UInt8] = []
      head.appendHead(.map, UInt64(entries))
      bytes.replaceSubrange(outer.start...outer.start, with: head)
    }
    entries = outer.entries
  }
}

extension [UInt8] {
  /// Appends a key, which is shorter than 24 bytes as all property names are.
  @inline(__always)
  fileprivate mutating func appendKey(_ key: StaticString) {
    key.withUTF8Buffer { name in
      appendHead(.text, UInt64(name.count))
      append(contentsOf: name)
    }
  }
}
