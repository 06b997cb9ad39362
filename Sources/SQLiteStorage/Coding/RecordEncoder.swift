/// The encoder of one value.
struct RecordEncoder: Encoder {
  let writer: RecordWriter
  let start: Int

  var codingPath: [any CodingKey] { writer.path(to: start) }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    let (writer, start) = writer.openContainer(RecordHead.emptyMap, at: start)
    return KeyedEncodingContainer(KeyedRecordWriter<Key>(writer: writer, start: start))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    let (writer, start) = writer.openContainer(RecordHead.emptyArray, at: start)
    return UnkeyedRecordWriter(writer: writer, start: start)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }
}

extension RecordEncoder: SingleValueEncodingContainer {
  func encodeNil() throws {
    try checkTurn()
    writer.putNull()
  }

  // The standard library asks for one method for each scalar type; one generic method is all of them.
  func encode<Value: RecordScalar>(_ value: Value) throws { try encodeScalar(value) }

  @inline(__always)
  private func encodeScalar(_ value: some RecordScalar) throws {
    try checkTurn()
    writer.put(value)
  }

  func encode<Value: Encodable>(_ value: Value) throws {
    try checkTurn()
    try writer.write(value)
  }

  private func checkTurn() throws {
    guard writer.isUntouched(at: start) else { throw writer.outOfTurn(at: start) }
  }
}

// The standard library answers for these two with an error, which a generic method does not replace.
extension RecordEncoder {
  func encode(_ value: Int128) throws { try encodeScalar(value) }
  func encode(_ value: UInt128) throws { try encodeScalar(value) }
}
