/// The elements of a list, one after the other.
struct JSONListReader: UnkeyedDecodingContainer {
  let document: JSONDocument
  let list: Int
  private(set) var currentIndex = 0
  private var next: Int

  init(document: JSONDocument, list: Int) {
    self.document = document
    self.list = list
    next = list + 1
  }

  var codingPath: [any CodingKey] { document.path(to: list) }
  var count: Int? { Int(document.tokens[list].end) }
  var isAtEnd: Bool { next >= document.tokens[list].next }

  private func decoder(_ type: any Any.Type) throws -> JSONValueDecoder {
    guard !isAtEnd else {
      let path = codingPath + [JSONKey(index: currentIndex)]
      throw DecodingError.valueNotFound(type, DecodingError.Context(codingPath: path, debugDescription: "no more elements"))
    }
    return JSONValueDecoder(document: document, index: next)
  }

  // An element that does not fit is not passed.
  private mutating func pass<Value>(_ value: Value) -> Value {
    next = Int(document.tokens[next].next)
    currentIndex += 1
    return value
  }

  mutating func decodeNil() throws -> Bool {
    guard try decoder(Any?.self).decodeNil() else { return false }
    return pass(true)
  }

  mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    pass(try decoder(type).container(keyedBy: type))
  }
  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    pass(try decoder([Any].self).unkeyedContainer())
  }
  mutating func superDecoder() throws -> any Decoder { pass(try decoder((any Decoder).self)) }

  mutating func decode(_ type: Bool.Type) throws -> Bool { pass(try decoder(type).decode(type)) }
  mutating func decode(_ type: String.Type) throws -> String { pass(try decoder(type).decode(type)) }
  mutating func decode(_ type: Double.Type) throws -> Double { pass(try decoder(type).decode(type)) }
  mutating func decode(_ type: Float.Type) throws -> Float { pass(try decoder(type).decode(type)) }
  mutating func decode<Number: FixedWidthInteger & Decodable>(_ type: Number.Type) throws -> Number {
    pass(try decoder(type).decode(type))
  }
  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { pass(try decoder(type).decode(type)) }
}
