import KoalrCore
import PeerSupport
import KoalrSQLiteStorage
import Testing

/// Shapes that other people's types have.
struct RecordCodingShapeTests {
  private func again<Value: Codable>(_ value: Value) throws -> Value {
    try RecordCoder.decode(Value.self, from: RecordCoder.encode(value))
  }

  class Animal: Codable {
    var name: String
    init(name: String) { self.name = name }
  }

  final class Koala: Animal {
    private enum CodingKeys: CodingKey { case naps }
    var naps: Int

    init(name: String, naps: Int) {
      self.naps = naps
      super.init(name: name)
    }

    required init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      naps = try container.decode(Int.self, forKey: .naps)
      try super.init(from: container.superDecoder())
    }

    override func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      // The place of the superclass comes first, and is filled last.
      let place = container.superEncoder()
      try container.encode(naps, forKey: .naps)
      try super.encode(to: place)
    }
  }

  @Test func `a subclass and its superclass are read again`() throws {
    let koala = try again([Koala(name: "Blinky", naps: 18)])[0]
    #expect(koala.name == "Blinky")
    #expect(koala.naps == 18)
    #expect(hexadecimal(try RecordCoder.encode(koala)) == "a2657375706572a1646e616d6566426c696e6b79646e61707312")
  }

  /// Fills two nested containers in turns, with more entries than a short head can count.
  struct Interleaved: Codable, Hashable {
    enum Keys: CodingKey { case left, right, list, after }
    var numbers: [Int]

    init(numbers: [Int]) { self.numbers = numbers }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Keys.self)
      let left = try container.nestedContainer(keyedBy: RecordCodingKey.self, forKey: .left)
      let right = try container.nestedContainer(keyedBy: RecordCodingKey.self, forKey: .right)
      var list = try container.nestedUnkeyedContainer(forKey: .list)
      numbers = []
      while !list.isAtEnd {
        let key = RecordCodingKey(stringValue: "\(numbers.count)")
        let number = try list.decode(Int.self)
        guard try left.decode(Int.self, forKey: key) == number, try right.decode(Int.self, forKey: key) == number else { return }
        numbers.append(number)
      }
      guard try container.decode(Int.self, forKey: .after) == numbers.count else {
        numbers = []
        return
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Keys.self)
      var left = container.nestedContainer(keyedBy: RecordCodingKey.self, forKey: .left)
      var right = container.nestedContainer(keyedBy: RecordCodingKey.self, forKey: .right)
      var list = container.nestedUnkeyedContainer(forKey: .list)
      for (index, number) in numbers.enumerated() {
        try left.encode(number, forKey: RecordCodingKey(stringValue: "\(index)"))
        try list.encode(number)
        try right.encode(number, forKey: RecordCodingKey(stringValue: "\(index)"))
      }
      try container.encode(numbers.count, forKey: .after)
    }
  }

  @Test(arguments: [0, 1, 23, 24, 300])
  func `containers that are filled in turns keep their own entries`(count: Int) throws {
    let value = [Interleaved(numbers: Array(0..<count)), Interleaved(numbers: [7])]
    #expect(try again(value) == value)
  }

  /// Has so many keys that the head grows after a nested container was given out.
  struct Wide: Codable, Hashable {
    var first: Shape
    var rest: [String: Int]

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: RecordCodingKey.self)
      first = try container.decode(Shape.self, forKey: RecordCodingKey(stringValue: "first"))
      rest = [:]
      for key in container.allKeys where key.stringValue != "first" {
        rest[key.stringValue] = try container.decode(Int.self, forKey: key)
      }
    }

    init(first: Shape, rest: [String: Int]) { (self.first, self.rest) = (first, rest) }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: RecordCodingKey.self)
      try container.encode(first, forKey: RecordCodingKey(stringValue: "first"))
      for (key, value) in rest { try container.encode(value, forKey: RecordCodingKey(stringValue: key)) }
    }
  }

  enum Shape: Codable, Hashable {
    case point
    case circle(radius: Double)
    case named(String, Date?)
  }

  @Test(arguments: [Shape.point, .circle(radius: .pi), .named("a", nil), .named("b", Date(timeIntervalSinceReferenceDate: 0.3))])
  func `enums with values are read again, and a map may grow behind one`(shape: Shape) throws {
    #expect(try again(shape) == shape)
    let rest = Dictionary(uniqueKeysWithValues: (0..<300).map { ("\($0)", $0) })
    #expect(try again(Wide(first: shape, rest: rest)) == Wide(first: shape, rest: rest))
  }

  struct Empty: Codable, Hashable {}
  struct Silent: Encodable { func encode(to encoder: any Encoder) {} }

  struct Holder: Codable, Hashable {
    var nothing: Empty
    var byNumber: [Int: String]
    var byDate: [Date: Int]
    var set: Set<String>
    var some: [Int?]
    var address: URL?
    var decimal: Decimal
    var wrapped: Data?
    var words: [[String]]
  }

  @Test func `containers, addresses, decimals and data of the standard library are read again`() throws {
    let holder = Holder(
      nothing: Empty(), byNumber: [1: "a", -70_000: "b"], byDate: [Date(timeIntervalSinceReferenceDate: 0.1): 1],
      set: ["x", "y"],
      some: [nil, 1, nil], address: URL(string: "a?b=c", relativeTo: URL(string: "https://example.com/x/")),
      decimal: Decimal(string: "-12345678901234567890.123") ?? 0, wrapped: Data([0, 255]), words: [[], ["é"]])
    #expect(try again(holder) == holder)
    #expect(hexadecimal(try RecordCoder.encode(Silent())) == "a0")
    #expect(hexadecimal(try RecordCoder.encode(["a": Silent()])) == "a16161a0")
  }

  @Test func `values at the top that are no containers are read again`() throws {
    #expect(try again("é") == "é")
    #expect(try again(Int8.min) == .min)
    #expect(try again(UInt64.max) == .max)
    #expect(try again(Int128.min) == .min)
    #expect(try again(UInt128.max) == .max)
    #expect(try again(Int?.none) == nil)
    #expect(try again(Data()) == Data())
    #expect(try again(Float.leastNonzeroMagnitude) == .leastNonzeroMagnitude)
  }

  /// Gives up one of its entries.
  struct Forgiving: Encodable {
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: RecordCodingKey.self)
      try container.encode(1, forKey: RecordCodingKey(stringValue: "a"))
      try? container.encode(Nest(levels: 200), forKey: RecordCodingKey(stringValue: "b"))
      try container.encode(2, forKey: RecordCodingKey(stringValue: "c"))
    }
  }

  @Test func `an entry whose value could not be written leaves no trace`() throws {
    #expect(try RecordCoder.decode([String: Int].self, from: RecordCoder.encode(Forgiving())) == ["a": 1, "c": 2])
  }

  /// Asks for a map and for an array.
  struct Torn: Encodable {
    func encode(to encoder: any Encoder) throws {
      var map = encoder.container(keyedBy: RecordCodingKey.self)
      try map.encode(1, forKey: RecordCodingKey(stringValue: "a"))
      var list = encoder.unkeyedContainer()
      try list.encode(1)
    }
  }

  @Test func `a type that asks for two kinds of container is an error at its place`() throws {
    let error = #expect(throws: EncodingError.self) { try RecordCoder.encode(["x": [Torn()]]) }
    guard case .invalidValue(_, let context) = error else { Issue.record("\(String(describing: error))"); return }
    #expect(context.codingPath.map(\.stringValue) == ["x", "Index 0"])
    #expect(
      context.debugDescription == """
        A value can write to one kind of container, and only while no value inside it is being written. \
        Look at the encode(to:) of the type at this place.
        """)
  }
}

struct RecordCodingKey: CodingKey {
  var stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
