import Foundation
import KoalrHTTPTransport
import KoalrTesting
import Testing

/// What services send is read as Foundation reads it; what Foundation refuses is refused, and more of what is no JSON.
struct ServiceJSONTests {
  struct Item: Decodable, Equatable {
    struct Part: Decodable, Equatable {
      var name: String
      var sizes: [UInt8]?
    }
    var id: String
    var count: Int?
    var share: Double?
    var small: Int8?
    var isOpen: Bool?
    var part: Part?
    var parts: [Part]?
    var byName: [String: Int]?
    var matrix: [[Float]]?
  }

  /// Any JSON.
  indirect enum Value: Decodable, Hashable {
    case null, flag(Bool), number(Double), text(String), list([Value]), object([String: Value])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        self = .null
      } else if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let list = try? container.decode([Value].self) {
        self = .list(list)
      } else {
        self = .object(try container.decode([String: Value].self))
      }
    }
  }

  /// What became of reading: the value, or the kind of error and its place.
  enum Outcome<Read: Equatable>: Equatable {
    case value(Read)
    case refused(String)

    init(_ read: () throws -> Read) {
      do {
        self = .value(try read())
      } catch let error as DecodingError {
        self = .refused(ServiceJSONTests.words(error))
      } catch {
        self = .refused("\(error)")
      }
    }
  }

  private static func words(_ error: DecodingError) -> String {
    func place(_ context: DecodingError.Context, _ last: [any CodingKey] = []) -> String {
      (context.codingPath + last).map(\.stringValue).joined(separator: "/")
    }
    return switch error {
    case .keyNotFound(let key, let context): "missing \(place(context, [key]))"
    case .valueNotFound(_, let context): "null \(place(context))"
    case .typeMismatch(_, let context): "mismatch \(place(context))"
    case .dataCorrupted(let context): "corrupt \(place(context))"
    @unknown default: "\(error)"
    }
  }

  private func outcomes<Read: Decodable & Equatable>(
    _ type: Read.Type, _ text: [UInt8]
  ) -> (ours: Outcome<Read>, foundation: Outcome<Read>) {
    let data = Data(text)
    return (
      Outcome { try ServiceJSON.decode(type, from: data) }, Outcome { try JSONDecoder().decode(type, from: data) }
    )
  }

  @Test(arguments: [
    "{}", "[]", "null", "3", #"{"id": null}"#, #"{"id": 1}"#, #"{"id": "a", "count": 1.0}"#, #"{"id": "a", "count": 1e3}"#,
    #"{"id": "a", "small": -128}"#, #"{"id": "a", "share": -0.25e-2}"#, #"{"id": "a", "isOpen": "true"}"#,
    #"{"id": "a", "isOpen": 1}"#, #"{"id": "a", "isOpen": false}"#, #"{"id": "a", "part": {}}"#, #"{"id": "a", "part": []}"#,
    #"{"id": "a", "parts": [{"name": "x", "sizes": [1, 255]}]}"#, #"{"id": "a", "parts": [{"name": "x"}, null]}"#,
    #"{"id": "a", "parts": [{"name": "x", "sizes": null}, {"name": 3}]}"#, #"{"id": "a", "byName": {"a\u00e9/b": 1, "c": "x"}}"#,
    #"{"id": "a", "matrix": [[1, 2.5], [], [-3]]}"#, #"{"id": "a", "matrix": [[1], [true]]}"#,
    #"{"\u0069d": "escaped name"}"#, #"{"id": "\ud83d\ude00 \u00e9 \" \\ \/ \b\f\n\r\t"}"#, #"{"id": "Ünïcode 😀"}"#,
    " \n\t\r{ \"id\" : \"a\" } ",
  ])
  func `reads and refuses what Foundation does`(text: String) {
    let item = outcomes(Item.self, Array(text.utf8))
    #expect(item.ours == item.foundation)
    let value = outcomes(Value.self, Array(text.utf8))
    #expect(value.ours == value.foundation)
  }

  @Test(arguments: [
    (#"{"id": "a", "count": 1.5}"#, "count"), (#"{"id": "a", "count": 99999999999999999999}"#, "count"),
    (#"{"id": "a", "small": 128}"#, "small"), (#"{"id": "a", "share": 1e400}"#, "share"),
    (#"{"id": "a", "parts": [{"name": "x", "sizes": [1, 256]}]}"#, "parts/Index 0/sizes/Index 1"),
    (#"{"id": "\ud83d"}"#, "id"), (#"{"id": "\ude00"}"#, "id"), (#"{"id": "\ud83d\u0041"}"#, "id"), (#"{"id": "\u00g0"}"#, "id"),
    (#"{"id": "\u+123"}"#, "id"), (#"{"id": "\u12"}"#, "id"), (#"{"id": "\q"}"#, "id"),
  ])
  func `an impossible value is refused at its place`(text: String, place: String) {
    let item = outcomes(Item.self, Array(text.utf8))
    #expect(item.ours == .refused("corrupt \(place)"))
    guard case .refused = item.foundation else { return #expect(Bool(false), "Foundation reads it") }
  }

  @Test(arguments: [
    #"{"id": "a\"#, "{\"id\": \"a\u{1}\"}", #"{"id": "a"} x"#, #"{"id": "a",}"#, #"{"id" "a"}"#, #"{id: "a"}"#, #"["a",]"#,
    "[1 2]", "01", "1.", "-", "+1", "1e", ".5", "tru", "nul", "True", #"{"\ud83d": 1}"#, "", " ", "[", "{", "]",
  ])
  func `what is no JSON is refused as a whole`(text: String) {
    #expect(outcomes(Item.self, Array(text.utf8)).ours == .refused("corrupt "))
    #expect(outcomes(Value.self, Array(text.utf8)).ours == .refused("corrupt "))
  }

  @Test func `random texts are read as Foundation reads them, and of damaged ones none that it refuses`() {
    var random = SeededGenerator(seed: 12)
    for _ in 0..<3_000 {
      var text = Array(Self.text(&random, depth: 0).utf8)
      let whole = outcomes(Value.self, text)
      #expect(whole.ours == whole.foundation)
      guard !text.isEmpty else { continue }
      let place = Int.random(in: text.indices, using: &random)
      switch Int.random(in: 0..<3, using: &random) {
      case 0: text.remove(at: place)
      case 1: text[place] = Array(#"{}[]",:\ 0.eE-tu"#.utf8).randomElement(using: &random) ?? 0
      default: text[place] = UInt8.random(in: .min ... .max, using: &random)
      }
      let damaged = outcomes(Value.self, text)
      // Foundation passes over commas at the end of lists and over more.
      guard case .value = damaged.ours else { continue }
      #expect(damaged.ours == damaged.foundation, "\(String(decoding: text, as: UTF8.self))")
    }
  }

  @Test func `an object with many members, and depth without end`() throws {
    let many = "{" + (0..<500).map { "\"name \($0)\": \($0)" }.joined(separator: ", ") + "}"
    let read = try ServiceJSON.decode([String: Int].self, from: Data(many.utf8))
    #expect(read.count == 500 && read["name 499"] == 499)
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 100_000)
    #expect(outcomes(Value.self, deep).ours == .refused("corrupt "))
  }

  private static func text(_ random: inout SeededGenerator, depth: Int) -> String {
    func space() -> String { ["", "", " ", "\n\t"].randomElement(using: &random) ?? "" }
    func string() -> String {
      let pieces = ["a", "Ünïcode", "😀", #"\n"#, #"\u00e9"#, #"\ud83d\ude00"#, #"\\"#, #"\""#, " ", "name", "0"]
      let count = Int.random(in: 0..<4, using: &random)
      return "\"" + (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined() + "\""
    }
    switch Int.random(in: 0..<(depth > 4 ? 6 : 10), using: &random) {
    case 0: return "null"
    case 1: return "true"
    case 2: return "false"
    case 3: return "\(Int.random(in: -1_000_000...1_000_000, using: &random))"
    case 4: return "\(Double.random(in: -1e6...1e6, using: &random))"
    case 5, 6: return string()
    case 7, 8:
      let count = Int.random(in: 0..<5, using: &random)
      let elements = (0..<count).map { _ in text(&random, depth: depth + 1) }
      return "[" + space() + elements.joined(separator: space() + "," + space()) + "]"
    default:
      // Names that differ: of several that are equal nobody says which counts.
      let members = (0..<Int.random(in: 0..<5, using: &random)).map { number in
        "\"\(number)" + string().dropFirst() + space() + ":" + space() + text(&random, depth: depth + 1)
      }
      return "{" + members.joined(separator: space() + ", ") + space() + "}"
    }
  }
}
