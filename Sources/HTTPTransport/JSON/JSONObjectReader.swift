/// The members of an object.
struct JSONObjectReader<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let document: JSONDocument
  let object: Int
  /// Where each member is, for objects with more of them than are looked through.
  private let places: [String: Int]?

  private static var manyMembers: Int { 64 }

  init(document: JSONDocument, object: Int) {
    self.document = document
    self.object = object
    let isLarge = document.tokens[object].end > Self.manyMembers
    places = isLarge ? Dictionary(Self.named(document, object), uniquingKeysWith: { first, _ in first }) : nil
  }

  private static func named(_ document: JSONDocument, _ object: Int) -> [(String, Int)] {
    document.members(of: object).compactMap { place in (try? document.text(at: place - 1)).map { ($0, place) } }
  }

  var codingPath: [any CodingKey] { document.path(to: object) }
  var allKeys: [Key] { Self.named(document, object).compactMap { Key(stringValue: $0.0) } }

  func contains(_ key: Key) -> Bool { place(of: key) != nil }
  func decodeNil(forKey key: Key) throws -> Bool { try decoder(at: key).decodeNil() }

  private func place(of key: Key) -> Int? {
    guard let places else { return document.find(key.stringValue, in: object) }
    return places[key.stringValue]
  }

  private func decoder(at key: Key) throws -> JSONValueDecoder {
    guard let place = place(of: key) else {
      throw DecodingError.keyNotFound(key, DecodingError.Context(codingPath: codingPath, debugDescription: "no such member"))
    }
    return JSONValueDecoder(document: document, index: place)
  }

  /// The value of a member that is there and not null.
  private func present(_ key: Key) -> JSONValueDecoder? {
    guard let place = place(of: key), document.tokens[place].kind != .null else { return nil }
    return JSONValueDecoder(document: document, index: place)
  }

  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key) throws -> KeyedDecodingContainer<Nested> {
    try decoder(at: key).container(keyedBy: type)
  }
  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer { try decoder(at: key).unkeyedContainer() }
  func superDecoder() throws -> any Decoder { JSONValueDecoder(document: document, index: object) }
  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(at: key) }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try decoder(at: key).decode(type) }
  func decode(_ type: String.Type, forKey key: Key) throws -> String { try decoder(at: key).decode(type) }
  func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try decoder(at: key).decode(type) }
  func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try decoder(at: key).decode(type) }
  func decode<Number: FixedWidthInteger & Decodable>(_ type: Number.Type, forKey key: Key) throws -> Number {
    try decoder(at: key).decode(type)
  }
  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value { try decoder(at: key).decode(type) }

  // The standard library looks a member up three times for each of these.
  func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try present(key)?.decode(type) }
  func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try present(key)?.decode(type) }
  func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try present(key)?.decode(type) }
  func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? { try present(key)?.decode(type) }
}
