/// The entries of a map in the making.
struct KeyedRecordWriter<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let writer: RecordWriter
  let start: Int

  var codingPath: [any CodingKey] { writer.path(to: start) }

  func encodeNil(forKey key: Key) throws {
    try writer.beginEntry(key.stringValue, at: start)
    writer.putNull()
  }

  // The standard library asks for one method for each scalar type; one generic method is all of them.
  func encode<Value: RecordScalar>(_ value: Value, forKey key: Key) throws { try encodeScalar(value, key) }

  @inline(__always)
  private func encodeScalar(_ value: some RecordScalar, _ key: Key) throws {
    try writer.beginEntry(key.stringValue, at: start)
    writer.put(value)
  }

  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
    try writer.writeEntry(key.stringValue, value, at: start)
  }

  func encodeIfPresent<Value: Encodable>(_ value: Value?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) }
  }

  func nestedContainer<NestedKey: CodingKey>(
    keyedBy keyType: NestedKey.Type, forKey key: Key
  ) -> KeyedEncodingContainer<NestedKey> {
    later(key.stringValue).container(keyedBy: keyType)
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { later(key.stringValue).unkeyedContainer() }
  func superEncoder() -> any Encoder { later(RecordKey.super.stringValue) }
  func superEncoder(forKey key: Key) -> any Encoder { later(key.stringValue) }

  private func later(_ key: String) -> RecordEncoder { RecordEncoder(writer: writer.later(key, at: start), start: 0) }
}

// The standard library answers for these two with an error, which a generic method does not replace.
extension KeyedRecordWriter {
  func encode(_ value: Int128, forKey key: Key) throws { try encodeScalar(value, key) }
  func encode(_ value: UInt128, forKey key: Key) throws { try encodeScalar(value, key) }
}
