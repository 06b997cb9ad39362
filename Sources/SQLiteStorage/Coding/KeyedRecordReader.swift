import KoalrDomain

/// The entries of a map.
struct KeyedRecordReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let reader: RecordReader
  let map: RecordMap

  var codingPath: [any CodingKey] { reader.bytes.path(to: map.start) }
  var allKeys: [Key] { reader.keys(in: map).compactMap { Key(stringValue: $0) } }

  func contains(_ key: Key) -> Bool { reader.find(key.stringValue, in: map) != nil }
  func decodeNil(forKey key: Key) throws -> Bool { try reader.isNull(at: place(of: key)) }

  // The standard library asks for one method for each scalar type; one generic method is all of them.
  func decode<Value: RecordScalar>(_ type: Value.Type, forKey key: Key) throws -> Value { try scalar(type, at: key) }

  @inline(__always)
  private func scalar<Value: RecordScalar>(_ type: Value.Type, at key: Key) throws -> Value {
    var offset = try place(of: key)
    return try reader.scalar(type, at: &offset)
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try reader.value(type, at: place(of: key))
  }

  func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
    guard let offset = reader.find(key.stringValue, in: map), try !reader.isNull(at: offset) else { return nil }
    return try reader.value(type, at: offset)
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy type: NestedKey.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<NestedKey> {
    try decoder(at: key).container(keyedBy: type)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(at: key).unkeyedContainer()
  }

  func superDecoder() throws -> any Decoder {
    guard let offset = reader.find(RecordKey.super.stringValue, in: map) else { throw notFound(RecordKey.super) }
    return RecordDecoder(reader: reader, start: offset)
  }

  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(at: key) }

  private func decoder(at key: Key) throws -> RecordDecoder { RecordDecoder(reader: reader, start: try place(of: key)) }

  @inline(__always)
  private func place(of key: Key) throws -> Int {
    guard let offset = reader.find(key.stringValue, in: map) else { throw notFound(key) }
    return offset
  }

  @inline(never)
  private func notFound(_ key: any CodingKey) -> DecodingError {
    let sentence = "The stored map has no entry \"\(key.stringValue)\"."
    return DecodingError.keyNotFound(key, DecodingError.Context(codingPath: codingPath, debugDescription: sentence))
  }
}

// The standard library has a method of its own for each type, in three steps, which a generic one does not replace.
extension KeyedRecordReader {
  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try scalar(type, key) }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try scalar(type, key) }
  func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try scalar(type, key) }
  func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? { try scalar(type, key) }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try scalar(type, key) }
  func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? { try scalar(type, key) }
  func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? { try scalar(type, key) }
  func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { try scalar(type, key) }
  func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try scalar(type, key) }
  func decodeIfPresent(_ type: Int128.Type, forKey key: Key) throws -> Int128? { try scalar(type, key) }
  func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? { try scalar(type, key) }
  func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? { try scalar(type, key) }
  func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? { try scalar(type, key) }
  func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? { try scalar(type, key) }
  func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? { try scalar(type, key) }
  func decodeIfPresent(_ type: UInt128.Type, forKey key: Key) throws -> UInt128? { try scalar(type, key) }

  @inline(__always)
  private func scalar<Value: RecordScalar>(_ type: Value.Type, _ key: Key) throws -> Value? {
    try reader.scalar(type, key.stringValue, in: map)
  }
}

// The standard library answers for these two with an error, which a generic method does not replace.
extension KeyedRecordReader {
  func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try scalar(type, at: key) }
  func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try scalar(type, at: key) }
}
