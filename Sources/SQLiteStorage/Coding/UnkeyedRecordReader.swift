import KoalrDomain

/// The elements of an array, in their order.
struct UnkeyedRecordReader: UnkeyedDecodingContainer {
  private let reader: RecordReader
  private let start: Int
  private var offset: Int
  private let elements: Int
  private(set) var currentIndex = 0

  init(_ reader: RecordReader, start: Int) throws {
    self.reader = reader
    self.start = start
    (elements, offset) = try reader.array(at: start)
  }

  var codingPath: [any CodingKey] { reader.bytes.path(to: start) }
  var count: Int? { elements }
  var isAtEnd: Bool { currentIndex >= elements }

  mutating func decodeNil() throws -> Bool {
    try checkElement(Any?.self)
    guard try reader.isNull(at: offset) else { return false }
    advance(to: offset + 1)
    return true
  }

  // The standard library asks for one method for each scalar type; one generic method is all of them.
  mutating func decode<Value: RecordScalar>(_ type: Value.Type) throws -> Value { try scalar(type) }

  @inline(__always)
  private mutating func scalar<Value: RecordScalar>(_ type: Value.Type) throws -> Value {
    try checkElement(type)
    var end = offset
    let value = try reader.scalar(type, at: &end)
    advance(to: end)
    return value
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try checkElement(type)
    let value = try reader.value(type, at: offset)
    advance(to: try reader.end(of: offset))
    return value
  }

  mutating func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type
  ) throws -> KeyedDecodingContainer<NestedKey> {
    let container = try decoder().container(keyedBy: type)
    advance(to: try reader.end(of: offset))
    return container
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try decoder().unkeyedContainer()
    advance(to: try reader.end(of: offset))
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let element = try decoder()
    advance(to: try reader.end(of: offset))
    return element
  }

  private func decoder() throws -> RecordDecoder {
    try checkElement(Any.self)
    return RecordDecoder(reader: reader, start: offset)
  }

  @inline(__always)
  private mutating func advance(to end: Int) {
    offset = end
    currentIndex += 1
  }

  @inline(__always)
  private func checkElement(_ type: any Any.Type) throws {
    guard isAtEnd else { return }
    throw pastEnd(type)
  }

  @inline(never)
  private func pastEnd(_ type: any Any.Type) -> DecodingError {
    let path = codingPath + [RecordKey(intValue: currentIndex)]
    let sentence = "The stored array has no more than \(elements) elements."
    return DecodingError.valueNotFound(type, DecodingError.Context(codingPath: path, debugDescription: sentence))
  }
}

// The standard library answers for these two with an error, which a generic method does not replace.
extension UnkeyedRecordReader {
  mutating func decode(_ type: Int128.Type) throws -> Int128 { try scalar(type) }
  mutating func decode(_ type: UInt128.Type) throws -> UInt128 { try scalar(type) }
}
