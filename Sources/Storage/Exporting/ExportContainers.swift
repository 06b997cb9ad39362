import KoalrDomain

// The three containers only say where a value goes; `ExportEncoder` says how it is written.

struct ExportKeyedContainer<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let object: ExportObject
  var codingPath: [any CodingKey] { [] }

  func encodeNil(forKey key: Key) { object.append(key.stringValue, .null) }
  func encode(_ value: Bool, forKey key: Key) { object.append(key.stringValue, .bool(value)) }
  func encode(_ value: String, forKey key: Key) { object.append(key.stringValue, .text(value)) }
  func encode(_ value: Double, forKey key: Key) throws { object.append(key.stringValue, try ExportEncoder.number(value)) }
  func encode(_ value: Float, forKey key: Key) throws { try encode(Double(value), forKey: key) }
  func encode(_ value: Int, forKey key: Key) { object.append(key.stringValue, .integer(Int64(value))) }
  func encode(_ value: Int8, forKey key: Key) { object.append(key.stringValue, .integer(Int64(value))) }
  func encode(_ value: Int16, forKey key: Key) { object.append(key.stringValue, .integer(Int64(value))) }
  func encode(_ value: Int32, forKey key: Key) { object.append(key.stringValue, .integer(Int64(value))) }
  func encode(_ value: Int64, forKey key: Key) { object.append(key.stringValue, .integer(Int64(value))) }
  func encode(_ value: UInt, forKey key: Key) { object.append(key.stringValue, .unsigned(UInt64(value))) }
  func encode(_ value: UInt8, forKey key: Key) { object.append(key.stringValue, .unsigned(UInt64(value))) }
  func encode(_ value: UInt16, forKey key: Key) { object.append(key.stringValue, .unsigned(UInt64(value))) }
  func encode(_ value: UInt32, forKey key: Key) { object.append(key.stringValue, .unsigned(UInt64(value))) }
  func encode(_ value: UInt64, forKey key: Key) { object.append(key.stringValue, .unsigned(UInt64(value))) }
  func encode(_ value: some Encodable, forKey key: Key) throws {
    object.append(key.stringValue, try ExportEncoder.value(of: value))
  }

  // What is unknown is written. The standard library's defaults for these leave it out.
  func encodeIfPresent(_ value: Bool?, forKey key: Key) {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }
  func encodeIfPresent(_ value: String?, forKey key: Key) {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }
  func encodeIfPresent(_ value: Int?, forKey key: Key) {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }
  func encodeIfPresent(_ value: Int8?, forKey key: Key) {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }
  func encodeIfPresent(_ value: Int16?, forKey key: Key) {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }
  func encodeIfPresent(_ value: Int32?, forKey key: Key) {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }
  func encodeIfPresent(_ value: Int64?, forKey key: Key) {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }
  func encodeIfPresent(_ value: UInt?, forKey key: Key) {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }
  func encodeIfPresent(_ value: UInt8?, forKey key: Key) {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }
  func encodeIfPresent(_ value: UInt16?, forKey key: Key) {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }
  func encodeIfPresent(_ value: UInt32?, forKey key: Key) {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }
  func encodeIfPresent(_ value: UInt64?, forKey key: Key) {
    if let value { encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }
  func encodeIfPresent(_ value: Double?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }
  func encodeIfPresent(_ value: Float?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }
  func encodeIfPresent(_ value: (some Encodable)?, forKey key: Key) throws {
    if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) -> KeyedEncodingContainer<Nested> {
    let nested = ExportObject()
    object.append(key.stringValue, .object(nested))
    return KeyedEncodingContainer(ExportKeyedContainer<Nested>(object: nested))
  }

  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    let nested = ExportArray()
    object.append(key.stringValue, .array(nested))
    return ExportUnkeyedContainer(array: nested)
  }

  func superEncoder() -> any Encoder { superEncoder(under: "super") }
  func superEncoder(forKey key: Key) -> any Encoder { superEncoder(under: key.stringValue) }

  private func superEncoder(under key: String) -> any Encoder {
    let encoder = ExportEncoder(object: ExportObject())
    if let value = encoder.slot.value { object.append(key, value) }
    return encoder
  }
}

struct ExportUnkeyedContainer: UnkeyedEncodingContainer {
  let array: ExportArray
  var codingPath: [any CodingKey] { [] }
  var count: Int { array.elements.count }

  func encodeNil() { array.elements.append(.null) }
  func encode(_ value: Bool) { array.elements.append(.bool(value)) }
  func encode(_ value: String) { array.elements.append(.text(value)) }
  func encode(_ value: Double) throws { array.elements.append(try ExportEncoder.number(value)) }
  func encode(_ value: Float) throws { try encode(Double(value)) }
  func encode(_ value: Int) { array.elements.append(.integer(Int64(value))) }
  func encode(_ value: Int8) { array.elements.append(.integer(Int64(value))) }
  func encode(_ value: Int16) { array.elements.append(.integer(Int64(value))) }
  func encode(_ value: Int32) { array.elements.append(.integer(Int64(value))) }
  func encode(_ value: Int64) { array.elements.append(.integer(Int64(value))) }
  func encode(_ value: UInt) { array.elements.append(.unsigned(UInt64(value))) }
  func encode(_ value: UInt8) { array.elements.append(.unsigned(UInt64(value))) }
  func encode(_ value: UInt16) { array.elements.append(.unsigned(UInt64(value))) }
  func encode(_ value: UInt32) { array.elements.append(.unsigned(UInt64(value))) }
  func encode(_ value: UInt64) { array.elements.append(.unsigned(UInt64(value))) }
  func encode(_ value: some Encodable) throws { array.elements.append(try ExportEncoder.value(of: value)) }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    let nested = ExportObject()
    array.elements.append(.object(nested))
    return KeyedEncodingContainer(ExportKeyedContainer<Nested>(object: nested))
  }

  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    let nested = ExportArray()
    array.elements.append(.array(nested))
    return ExportUnkeyedContainer(array: nested)
  }

  func superEncoder() -> any Encoder {
    let encoder = ExportEncoder(object: ExportObject())
    if let value = encoder.slot.value { array.elements.append(value) }
    return encoder
  }
}

struct ExportSingleValueContainer: SingleValueEncodingContainer {
  let slot: ExportEncoder.Slot
  var codingPath: [any CodingKey] { [] }

  func encodeNil() { slot.value = .null }
  func encode(_ value: Bool) { slot.value = .bool(value) }
  func encode(_ value: String) { slot.value = .text(value) }
  func encode(_ value: Double) throws { slot.value = try ExportEncoder.number(value) }
  func encode(_ value: Float) throws { try encode(Double(value)) }
  func encode(_ value: Int) { slot.value = .integer(Int64(value)) }
  func encode(_ value: Int8) { slot.value = .integer(Int64(value)) }
  func encode(_ value: Int16) { slot.value = .integer(Int64(value)) }
  func encode(_ value: Int32) { slot.value = .integer(Int64(value)) }
  func encode(_ value: Int64) { slot.value = .integer(Int64(value)) }
  func encode(_ value: UInt) { slot.value = .unsigned(UInt64(value)) }
  func encode(_ value: UInt8) { slot.value = .unsigned(UInt64(value)) }
  func encode(_ value: UInt16) { slot.value = .unsigned(UInt64(value)) }
  func encode(_ value: UInt32) { slot.value = .unsigned(UInt64(value)) }
  func encode(_ value: UInt64) { slot.value = .unsigned(UInt64(value)) }
  func encode(_ value: some Encodable) throws { slot.value = try ExportEncoder.value(of: value) }
}
