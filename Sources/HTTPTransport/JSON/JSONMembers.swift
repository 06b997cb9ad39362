package import KoalrDomain

/// A value of which an answer has thousands: it is read from its object's members, without the containers of `Codable`, which
/// take most of the time where a value has many members.
///
/// A null and a member that is absent are the same. Only what ``ServiceJSON`` reads can be decoded.
package protocol JSONReadable: Decodable {
  /// Reads the members, best in the order in which they are sent.
  ///
  /// - Throws: `DecodingError` for a member of another kind.
  init(_ json: inout JSONMembers) throws
}

extension JSONReadable {
  package init(from decoder: any Decoder) throws {
    guard let value = decoder as? JSONValueDecoder else {
      let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "only ServiceJSON reads it")
      throw DecodingError.dataCorrupted(context)
    }
    var json = try JSONMembers(value)
    try self.init(&json)
  }
}

/// The members of an object, looked up by their names. A search begins behind the member that was found last.
package struct JSONMembers {
  private let document: JSONDocument
  private let object: Int
  private var next: Int

  init(_ value: JSONValueDecoder) throws {
    try value.expect(.object, [String: Any].self)
    (document, object, next) = (value.document, value.index, value.index + 1)
  }

  /// The text of a member that has to be there.
  package mutating func required(_ name: StaticString) throws -> String {
    guard let text = try text(name) else {
      let context = DecodingError.Context(codingPath: document.path(to: object), debugDescription: "no such member")
      throw DecodingError.keyNotFound(JSONKey("\(name)"), context)
    }
    return text
  }

  /// The text of a member.
  package mutating func text(_ name: StaticString) throws -> String? { try present(name)?.decode(String.self) }

  /// The whole number of a member.
  package mutating func number(_ name: StaticString) throws -> Int? { try present(name)?.decode(Int.self) }

  /// The truth of a member.
  package mutating func flag(_ name: StaticString) throws -> Bool? { try present(name)?.decode(Bool.self) }

  /// The ISO 8601 time of a member.
  package mutating func time(_ name: StaticString) throws -> Date? { try present(name)?.time() }

  /// The value of a member that `Codable` reads.
  package mutating func decoded<Value: Decodable>(_ name: StaticString) throws -> Value? { try present(name)?.decode(Value.self) }

  // What is inlined here is made for each type where it is read; otherwise types are looked up for every value.

  /// The value of a member.
  @inlinable
  package mutating func value<Value: JSONReadable>(_ name: StaticString) throws -> Value? {
    guard var json = try members(name) else { return nil }
    return try Value(&json)
  }

  /// The elements of a member that is a list; `nil` stands for those that are null or have another form than expected.
  @inlinable
  package mutating func lossyList<Value: JSONReadable>(_ name: StaticString) throws -> [Value?]? {
    guard let elements = try elements(name) else { return nil }
    var values: [Value?] = []
    values.reserveCapacity(elements.count)
    for element in elements {
      guard var json = element else {
        values.append(nil)
        continue
      }
      values.append(try? Value(&json))
    }
    return values
  }

  /// The members of a member.
  package mutating func members(_ name: StaticString) throws -> JSONMembers? { try present(name).map(JSONMembers.init) }

  /// The members of the elements of a member that is a list; `nil` for those that are no objects.
  package mutating func elements(_ name: StaticString) throws -> [JSONMembers?]? {
    guard let list = present(name) else { return nil }
    try list.expect(.list, [Any].self)
    return document.elements(of: list.index).map { try? JSONMembers(JSONValueDecoder(document: document, index: $0)) }
  }

  private mutating func present(_ name: StaticString) -> JSONValueDecoder? {
    guard let place = document.find(name, in: object, from: next) else { return nil }
    next = Int(document.tokens[place].next)
    return document.tokens[place].kind == .null ? nil : JSONValueDecoder(document: document, index: place)
  }
}
