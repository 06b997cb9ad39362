import KoalrDomain

/// Reads one value of a document.
struct JSONValueDecoder: Decoder {
  let document: JSONDocument
  let index: Int

  // Paths are made when somebody asks for them, which only errors do.
  var codingPath: [any CodingKey] { document.path(to: index) }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    try expect(.object, [String: Any].self)
    return KeyedDecodingContainer(JSONObjectReader(document: document, object: index))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try expect(.list, [Any].self)
    return JSONListReader(document: document, list: index)
  }

  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

  func expect(_ kind: JSONToken.Kind, _ type: any Any.Type) throws {
    guard document.tokens[index].kind == kind else { throw mismatch(type) }
  }

  @inline(never)
  private func mismatch(_ type: any Any.Type) -> DecodingError {
    let isNull = document.tokens[index].kind == .null
    let context = DecodingError.Context(codingPath: codingPath, debugDescription: isNull ? "null" : "another kind of value")
    return isNull ? .valueNotFound(type, context) : .typeMismatch(type, context)
  }

  @inline(never)
  private func impossible(_ why: String) -> DecodingError {
    .dataCorrupted(DecodingError.Context(codingPath: codingPath, debugDescription: why))
  }
}

extension JSONValueDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { document.tokens[index].kind == .null }

  func decode(_ type: Bool.Type) throws -> Bool {
    switch document.tokens[index].kind {
    case .yes: return true
    case .no: return false
    default: throw mismatch(type)
    }
  }

  func decode(_ type: String.Type) throws -> String {
    guard document.tokens[index].kind.isText else { throw mismatch(type) }
    do { return try document.text(at: index) } catch { throw impossible("not Unicode") }
  }

  func decode(_ type: Double.Type) throws -> Double {
    try expect(.number, type)
    guard let number = document.double(at: index) else { throw impossible("too large") }
    return number
  }

  func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }

  func decode<Number: FixedWidthInteger & Decodable>(_ type: Number.Type) throws -> Number {
    try expect(.number, type)
    guard let number: Number = document.integer(at: index) else { throw impossible("not a whole number of this size") }
    return number
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if type == Date.self, let time = try time() as? Value { return time }
    return try Value(from: self)
  }

  func time() throws -> Date {
    guard let date = ISO8601Time.parse(try decode(String.self)) else { throw impossible("not an ISO 8601 time") }
    return date
  }
}
