/// A record that is written and read without `Codable` between, which costs several times what the bytes do.
///
/// The bytes are those of the type's `Codable` form, entry for entry. `init(from:)` asks for the entries in the order in which
/// synthesised code writes them, and only what was written in that form is read here: whatever else the bytes may be (another
/// order, a key more, null, damage) is left to the general way, which tells what they are. So there is one set of rules, and one
/// set of errors, for what is not the usual case.
///
/// A conformance is two lists of all stored properties in the order of their declaration. A property that is forgotten in one of
/// them fails the tests of equal bytes; one without a default value does not compile.
protocol DirectlyCoded: DirectValue, Codable {
  /// Takes the entries of a map.
  init(from map: inout DirectReader) throws(RecordFault)
  /// Adds the entries of a map.
  func encode(to map: inout DirectWriter)
}

/// What an entry or an element can be in direct coding.
protocol DirectValue {
  /// Reads one item and moves on behind it.
  static func read(from reader: inout DirectReader) throws(RecordFault) -> Self
  /// Writes one item.
  func write(to writer: inout DirectWriter)
}

extension DirectlyCoded {
  static func read(from reader: inout DirectReader) throws(RecordFault) -> Self {
    let outer = try reader.openMap()
    let value = try Self(from: &reader)
    try reader.closeMap(outer)
    return value
  }

  func write(to writer: inout DirectWriter) {
    let outer = writer.openMap()
    encode(to: &writer)
    writer.closeMap(outer)
  }
}

extension RecordFault {
  /// Another entry than the next one in the order of writing. No person reads it: the general way has the last word.
  static var outOfOrder: RecordFault { .mismatch(.map) }
}

// MARK: - The way in

extension DirectlyCoded {
  /// Reads a value that takes up all the bytes, or returns `nil` when the general way has to look at them.
  @inline(__always)
  static func read(whole bytes: RecordBytes) -> Self? {
    var reader = DirectReader(bytes)
    guard let value = try? read(from: &reader), reader.isAtEnd else { return nil }
    return value
  }

  /// Appends a value to bytes.
  func append(to bytes: inout [UInt8]) {
    var writer = DirectWriter(takingOver: &bytes)
    write(to: &writer)
    writer.giveBack(to: &bytes)
  }
}
