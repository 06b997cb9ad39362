import KoalrDomain

/// Writes values as CBOR (RFC 8949) and reads them back: the form in which a record lies in the column `record.body`.
///
/// Any `Codable` value can be written, and what was written is equal when it is read. The bytes are plain CBOR of definite
/// lengths with the shortest heads (RFC 8949, section 4.2.1, save for the order of keys), so that any tool shows them:
///
/// | in Swift | in CBOR |
/// |---|---|
/// | what asks for a keyed container: a struct, a dictionary with text or numbers as keys | map; every key is the text of the `CodingKey`, in the order of encoding |
/// | what asks for an unkeyed container: an array, a set, a dictionary with other keys | array |
/// | an enum with associated values, as synthesised | map of one entry: the case, and a map of its values |
/// | `nil` in a keyed container | the key is absent; where a type encodes it as such, null |
/// | `nil` elsewhere | null |
/// | `Bool` | false, true |
/// | integers of every width | unsigned or negative integer; beyond 64 bits a bignum (tags 2 and 3) |
/// | `Double` | float64, all its bits |
/// | `Float` | float32, all its bits |
/// | `String` | text |
/// | `Data` | byte string |
/// | `Date` | float64, no tag: the seconds since 2001-01-01T00:00:00Z, which is the number a `Date` holds, so that no bit is lost |
/// | `URL` | map with `relative` and, when there is one, `base`: what `URL` itself encodes |
/// | a superclass, by `superEncoder()` | the entry `super` of the map, or the next element of the array |
/// | a type that encodes nothing | empty map |
///
/// Reading is stricter about form than about content, so that old programs read new records and the reverse:
/// - a key that no one asks for is stepped over, whatever its value; a key that is not text never matches;
/// - integers and floats of any width are read where the value fits exactly; undefined reads as null;
/// - indefinite lengths and tags (other than those of a bignum) are refused where a value is read, as are bytes that stop early,
///   go on after the value, claim more items than there are bytes, or hold text that is not UTF-8;
/// - of a key that a map holds twice, one of the values is read. A type must not encode one key twice in one container.
///
/// Every failure is a `DecodingError` or `EncodingError` with the path to its place. The path is worked out from the bytes when it
/// is asked for, so its keys are plain texts and numbers and not the types' own `CodingKey`s, and nothing is paid for it before.
/// Memory is proportional to the input. `userInfo` is empty.
///
/// Cost: one pass over each map to find its keys, then one comparison for a key in the order of encoding. No tree is made.
/// The records that are read by the thousand go without `Codable` (`DirectlyCoded`), to and from the same bytes.
package enum RecordCoder {
  /// How deep values may lie in each other, so that no bytes can use up the stack. Koalr's own records go five deep.
  package static let maximumDepth = 128

  /// Returns the bytes of a value.
  ///
  /// - Throws: `EncodingError` when the value lies deeper than ``maximumDepth`` or writes out of turn; what the value itself throws.
  package static func encode(_ value: some Encodable) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try encode(value, appendingTo: &bytes)
    return bytes
  }

  /// Adds the bytes of a value to others. Leaves them as they were when it throws.
  ///
  /// - Throws: as ``encode(_:)``.
  package static func encode<Value: Encodable>(_ value: Value, appendingTo bytes: inout [UInt8]) throws {
    guard !appendDirectly(value, to: &bytes) else { return }
    try encodeGenerally(value, appendingTo: &bytes)
  }

  /// Reads a value. The bytes are used during the call only.
  ///
  /// - Throws: `DecodingError` when the bytes are not one whole CBOR item or do not hold such a value; what the value itself throws.
  package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: UnsafeRawBufferPointer) throws -> Value {
    if let value = decodeDirectly(type, from: bytes) { return value }
    return try decodeGenerally(type, from: bytes)
  }

  /// Reads a value.
  ///
  /// - Throws: as ``decode(_:from:)``.
  package static func decode<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    try bytes.withUnsafeBytes { try decode(type, from: $0) }
  }
}

// MARK: - The direct way

extension RecordCoder {
  /// Adds the bytes of a value to others, if its type is coded directly. Returns whether it is.
  package static func appendDirectly<Value: Encodable>(_ value: Value, to bytes: inout [UInt8]) -> Bool {
    func append<Direct: DirectlyCoded>(as type: Direct.Type) { retyped(value, as: type).append(to: &bytes) }
    guard let type = Value.self as? any DirectlyCoded.Type else { return false }
    append(as: type)
    return true
  }

  /// Reads a value, or returns `nil` when its type is not coded directly or the general way has to look at the bytes.
  package static func decodeDirectly<Value: Decodable>(_ type: Value.Type, from bytes: UnsafeRawBufferPointer) -> Value? {
    func read<Direct: DirectlyCoded>(as direct: Direct.Type) -> Value? {
      Direct.read(whole: RecordBytes(bytes)).map { retyped($0, as: type) }
    }
    guard let direct = Value.self as? any DirectlyCoded.Type else { return nil }
    return read(as: direct)
  }
}

// MARK: - The general way

extension RecordCoder {
  /// Adds the bytes of a value to others through its own `encode(to:)`. They are the same.
  ///
  /// - Throws: as ``encode(_:)``.
  package static func encodeGenerally(_ value: some Encodable, appendingTo bytes: inout [UInt8]) throws {
    let writer = RecordWriter()
    try writer.write(value)
    try writer.finish(into: &bytes)
  }

  /// Reads a value through its own `init(from:)`, in whatever order its entries lie.
  ///
  /// - Throws: as ``decode(_:from:)``.
  package static func decodeGenerally<Value: Decodable>(
    _ type: Value.Type, from bytes: UnsafeRawBufferPointer
  ) throws -> Value {
    let reader = try RecordReader(bytes)
    defer { reader.close() }
    let value = try reader.value(type, at: 0)
    try reader.checkEnd()
    return value
  }
}
