import KoalrDomain

/// The decoder of one item.
struct RecordDecoder: Decoder {
  let reader: RecordReader
  let start: Int

  var codingPath: [any CodingKey] { reader.bytes.path(to: start) }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(KeyedRecordReader<Key>(reader: reader, map: try reader.map(at: start)))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try UnkeyedRecordReader(reader, start: start) }
  func singleValueContainer() -> any SingleValueDecodingContainer { self }
}

extension RecordDecoder: SingleValueDecodingContainer {
  // A container has to say whether there is null and may not throw; bytes that are not there are found out by what reads them.
  func decodeNil() -> Bool { (try? reader.isNull(at: start)) ?? false }

  // The standard library asks for one method for each scalar type; one generic method is all of them.
  func decode<Value: RecordScalar>(_ type: Value.Type) throws -> Value { try scalar(type) }

  @inline(__always)
  private func scalar<Value: RecordScalar>(_ type: Value.Type) throws -> Value {
    var offset = start
    return try reader.scalar(type, at: &offset)
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try reader.value(type, at: start) }
}

// The standard library answers for these two with an error, which a generic method does not replace.
extension RecordDecoder {
  func decode(_ type: Int128.Type) throws -> Int128 { try scalar(type) }
  func decode(_ type: UInt128.Type) throws -> UInt128 { try scalar(type) }
}
