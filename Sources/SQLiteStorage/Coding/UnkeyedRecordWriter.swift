/// The elements of an array in the making.
struct UnkeyedRecordWriter: UnkeyedEncodingContainer {
  let writer: RecordWriter
  let start: Int

  var codingPath: [any CodingKey] { writer.path(to: start) }
  var count: Int { writer.count(at: start) }

  func encodeNil() throws {
    try writer.beginEntry(nil, at: start)
    writer.putNull()
  }

  // The standard library asks for one method for each scalar type; one generic method is all of them.
  func encode<Value: RecordScalar>(_ value: Value) throws { try encodeScalar(value) }

  @inline(__always)
  private func encodeScalar(_ value: some RecordScalar) throws {
    try writer.beginEntry(nil, at: start)
    writer.put(value)
  }

  func encode<Value: Encodable>(_ value: Value) throws {
    try writer.writeEntry(nil, value, at: start)
  }

  func nestedContainer<NestedKey: CodingKey>(keyedBy keyType: NestedKey.Type) -> KeyedEncodingContainer<NestedKey> {
    later().container(keyedBy: keyType)
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { later().unkeyedContainer() }
  func superEncoder() -> any Encoder { later() }

  private func later() -> RecordEncoder { RecordEncoder(writer: writer.later(nil, at: start), start: 0) }
}

// The standard library answers for these two with an error, which a generic method does not replace.
extension UnkeyedRecordWriter {
  func encode(_ value: Int128) throws { try encodeScalar(value) }
  func encode(_ value: UInt128) throws { try encodeScalar(value) }
}
