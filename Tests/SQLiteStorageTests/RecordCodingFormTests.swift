import KoalrCore
import KoalrSQLiteStorage
import KoalrTesting
import Testing

/// What RFC 8949 says about bytes, and what bytes of unknown origin can do.
struct RecordCodingFormTests {
  // Facts of RFC 8949, appendix A.
  @Test(
    arguments: [
      ("00", 0), ("01", 1), ("0a", 10), ("17", 23), ("1818", 24), ("1819", 25), ("1864", 100), ("1903e8", 1000),
      ("1a000f4240", 1_000_000), ("1b000000e8d4a51000", 1_000_000_000_000), ("1bffffffffffffffff", 18_446_744_073_709_551_615),
      ("c249010000000000000000", 18_446_744_073_709_551_616), ("3bffffffffffffffff", -18_446_744_073_709_551_616),
      ("c349010000000000000000", -18_446_744_073_709_551_617), ("20", -1), ("29", -10), ("3863", -100), ("3903e7", -1000),
    ] as [(String, Int128)])
  func `integers mean what RFC 8949 says, and are written like that`(hex: String, number: Int128) throws {
    #expect(try RecordCoder.decode(Int128.self, from: bytes(hex)) == number)
    #expect(try RecordCoder.encode(number) == bytes(hex))
    if let narrow = Int(exactly: number) {
      #expect(try RecordCoder.decode(Int.self, from: bytes(hex)) == narrow)
    } else {
      #expect(throws: DecodingError.self) { try RecordCoder.decode(Int.self, from: bytes(hex)) }
    }
  }

  @Test(
    arguments: [
      ("f90000", 0.0), ("f98000", -0.0), ("f93c00", 1.0), ("fb3ff199999999999a", 1.1), ("f93e00", 1.5), ("f97bff", 65504.0),
      ("fa47c35000", 100_000.0), ("fa7f7fffff", 3.402_823_466_385_288_6e+38), ("fb7e37e43c8800759c", 1.0e+300),
      ("f90001", 5.960_464_477_539_063e-8), ("f90400", 0.000_061_035_156_25), ("f9c400", -4.0), ("fbc010666666666666", -4.1),
      ("f97c00", .infinity), ("f9fc00", -.infinity), ("fa7f800000", .infinity), ("faff800000", -.infinity),
      ("fb7ff0000000000000", .infinity), ("fbfff0000000000000", -.infinity), ("1903e8", 1000.0), ("3903e7", -1000.0),
    ] as [(String, Double)])
  func `floats of every width mean what RFC 8949 says`(hex: String, number: Double) throws {
    #expect(try RecordCoder.decode(Double.self, from: bytes(hex)).bitPattern == number.bitPattern)
  }

  @Test(arguments: ["f97e00", "fa7fc00000", "fb7ff8000000000000"])
  func `what is not a number stays so`(hex: String) throws {
    #expect(try RecordCoder.decode(Double.self, from: bytes(hex)).isNaN)
    #expect(try RecordCoder.decode(Float.self, from: bytes(hex)).isNaN)
  }

  @Test(arguments: [
    ("60", ""), ("6161", "a"), ("6449455446", "IETF"), ("62225c", "\"\\"), ("62c3bc", "ü"), ("63e6b0b4", "水"),
    ("64f0908591", "𐅑"),
  ])
  func `text means what RFC 8949 says, and is written like that`(hex: String, text: String) throws {
    #expect(try RecordCoder.decode(String.self, from: bytes(hex)) == text)
    #expect(try RecordCoder.encode(text) == bytes(hex))
  }

  @Test func `the other definite values mean what RFC 8949 says`() throws {
    #expect(try RecordCoder.decode(Bool.self, from: bytes("f4")) == false)
    #expect(try RecordCoder.decode(Bool.self, from: bytes("f5")) == true)
    #expect(try RecordCoder.decode(Int?.self, from: bytes("f6")) == nil)
    #expect(try RecordCoder.decode(Int?.self, from: bytes("f7")) == nil)
    #expect(try RecordCoder.decode(Data.self, from: bytes("4401020304")) == Data([1, 2, 3, 4]))
    #expect(try RecordCoder.decode([Int].self, from: bytes("80")) == [])
    #expect(try RecordCoder.decode([Int].self, from: bytes("83010203")) == [1, 2, 3])
    let many = "98190102030405060708090a0b0c0d0e0f101112131415161718181819"
    #expect(try RecordCoder.decode([Int].self, from: bytes(many)) == Array(1...25))
    #expect(try RecordCoder.decode([String: Int].self, from: bytes("a0")) == [:])
    let letters = "a56161614161626142616361436164614461656145"
    let expected = ["a": "A", "b": "B", "c": "C", "d": "D", "e": "E"]
    #expect(try RecordCoder.decode([String: String].self, from: bytes(letters)) == expected)
    #expect(try RecordCoder.decode([String: Bool].self, from: bytes("a201020304")) == [:])
  }

  struct Some: Decodable, Hashable {
    var a: Int
    var b: [Int]?
  }

  // Keys and values of every kind that no one asks for: tags, byte strings, nested containers, simple values, keys that are numbers.
  @Test(arguments: [
    "a16161 01", "a2 6161 01 617a c11a514b67b0", "a2 617a d82076687474703a2f2f7777772e6578616d706c652e636f6d 6161 01",
    "a3 01 02 6161 01 617a a1 82 01 02 83 01 42 0102 f97e00", "a2 6161 01 6162 f6", "a2 6161 01 6162 f7", "a2 80 f0 6161 01",
  ])
  func `entries that no one asks for are stepped over`(hex: String) throws {
    #expect(try RecordCoder.decode(Some.self, from: bytes(hex)) == Some(a: 1, b: nil))
  }

  @Test(
    arguments: [
      ("", "The stored bytes end before this value does.", []),
      ("a1", "The stored bytes end before this value does.", []),
      ("a16161 01 00", "The stored bytes go on after the end of the value.", []),
      ("a16162 80", "The stored map has no entry \"a\".", []),
      ("a16161 6161", "The stored value is text.", ["a"]),
      ("a16161 f6", "The stored value is null.", ["a"]),
      ("a16161 3bffffffffffffffff", "The stored number does not fit the type it is read as.", ["a"]),
      ("a16161 c101", "The stored value is a tagged value.", ["a"]),
      ("a26161 01 6162 a0", "The stored value is a map.", ["b"]),
      ("a26161 01 6162 83 01 02 f5", "The stored value is a float, a boolean, null or another simple value.", ["b", "Index 2"]),
      ("a26161 01 6162 9bffffffffffffffff", "The stored bytes end before this value does.", []),
      ("bb7fffffffffffffff 6161 01", "The stored bytes end before this value does.", []),
      ("80", "The stored value is an array.", []),
      ("a16161 1c", "The stored bytes are not CBOR here: RFC 8949 gives this head no meaning.", []),
      (
        "bf6161 01 ff", "The stored bytes have an item of indefinite length here, which Koalr does not write and does not read.",
        []
      ),
    ] as [(String, String, [String])])
  func `what is wrong is said with its place`(hex: String, sentence: String, path: [String]) throws {
    let error = #expect(throws: DecodingError.self) { try RecordCoder.decode(Some.self, from: bytes(hex)) }
    let context: DecodingError.Context? =
      switch error {
      case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
        .dataCorrupted(let context):
        context
      default: nil
      }
    #expect(context?.debugDescription == sentence)
    #expect(context?.codingPath.map(\.stringValue) == path)
  }

  @Test(arguments: ["61ff", "62c328", "63eda080", "64f5808080", "6af09f90a8f09f90a8f09f"])
  func `text that is not UTF-8 is refused`(hex: String) {
    #expect(throws: DecodingError.self) { try RecordCoder.decode(String.self, from: bytes(hex)) }
  }

  @Test func `an array of claims, deeper or longer than the bytes, is refused without using up memory or stack`() throws {
    #expect(throws: DecodingError.self) {
      try RecordCoder.decode(Nest.self, from: Array(repeating: bytes("a165696e6e657281"), count: 100_000).flatMap(\.self))
    }
    #expect(throws: DecodingError.self) {
      try RecordCoder.decode([Int].self, from: Array(repeating: 0x9A, count: 5) + [1])
    }
    #expect(throws: DecodingError.self) {
      try RecordCoder.decode([String: Int].self, from: Array(repeating: 0x81, count: 1_000_000))
    }
    let deep = try RecordCoder.encode(Nest(levels: RecordCoder.maximumDepth / 2 - 1))
    #expect(try RecordCoder.decode(Nest.self, from: deep) == Nest(levels: RecordCoder.maximumDepth / 2 - 1))
  }

  @Test func `a record that stops anywhere is refused`() throws {
    let whole = try RecordCoder.encode(fullChange())
    for length in 0..<whole.count {
      #expect(throws: DecodingError.self) { try RecordCoder.decode(Change.self, from: Array(whole[..<length])) }
    }
  }

  @Test func `damaged records are read or refused, and nothing else`() throws {
    var random = SeededGenerator(seed: 11)
    let whole = try RecordCoder.encode(fullChange())
    let trees = try RecordCoder.encode([Tree.random(&random), .random(&random), .random(&random)])
    var refused = 0
    for _ in 0..<10_000 {
      refused += reads(Change.self, whole, &random) ? 0 : 1
      refused += reads([Tree].self, trees, &random) ? 0 : 1
      refused += reads(Change.self, (0..<40).map { _ in UInt8(truncatingIfNeeded: random.next()) }, &random) ? 0 : 1
    }
    #expect(refused > 10_000)
  }

  /// Returns whether the bytes can be read after some of them were changed, lost or doubled.
  private func reads<Value: Decodable>(_ type: Value.Type, _ whole: [UInt8], _ random: inout SeededGenerator) -> Bool {
    var damaged = whole
    for _ in 0..<random.number(in: 1...3) {
      let place = random.number(in: 0...damaged.count - 1)
      switch random.number(in: 0...3) {
      case 0: damaged.remove(at: place)
      case 1: damaged.insert(damaged[place], at: place)
      default: damaged[place] = UInt8(truncatingIfNeeded: random.next())
      }
    }
    do {
      _ = try RecordCoder.decode(type, from: damaged)
      return true
    } catch is DecodingError {
      return false
    } catch {
      Issue.record(error)
      return false
    }
  }

  @Test func `a decoder that outlives its call finds no bytes`() throws {
    struct Kept: Decodable {
      let decoder: any Decoder
      init(from decoder: any Decoder) throws { self.decoder = decoder }
    }
    let kept = try RecordCoder.decode([Kept].self, from: bytes("8101"))[0]
    #expect(throws: DecodingError.self) { try Int(from: kept.decoder) }
    #expect(kept.decoder.codingPath.isEmpty)
  }
}
