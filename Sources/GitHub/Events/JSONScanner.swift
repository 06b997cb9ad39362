#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A value that a scanner met where one was wanted.
enum JSONScalar: Equatable {
  case text(String)
  case flag(Bool)
  case number
  case null
  /// An object or a list, which was skipped.
  case container
}

/// What was scanned is no JSON object.
struct JSONFault: Error {}

/// Reads a few values out of JSON and skips the rest without building it: a payload is read once, a few values of hundreds are
/// wanted, and decoding all of it would take longer than everything else that is done with a delivery.
///
/// It is strict about what it steps over (brackets, strings, depth) as far as that is needed to find the way.
struct JSONScanner {
  /// Objects and lists within each other; GitHub's have less than ten.
  static let maximumDepth = 64

  private let bytes: UnsafeRawBufferPointer
  private var place = 0

  /// Makes a scanner of bytes that outlive it.
  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Returns the wanted values of an object by their place: `name` at the top, `name.inner` one level below.
  mutating func values(at wanted: [String: Set<String>]) throws(JSONFault) -> [String: JSONScalar] {
    var values: [String: JSONScalar] = [:]
    try readObject { (scanner, name) throws(JSONFault) in
      guard let inner = wanted[name] else { return try scanner.skip() }
      guard !inner.isEmpty, scanner.peek() == UInt8(ascii: "{") else {
        values[name] = try scanner.readScalar()
        return
      }
      try scanner.readObject { (scanner, innerName) throws(JSONFault) in
        if inner.contains(innerName) {
          values["\(name).\(innerName)"] = try scanner.readScalar()
        } else {
          try scanner.skip()
        }
      }
    }
    guard peek() == nil else { throw JSONFault() }
    return values
  }

  // MARK: Values

  /// Calls `member` behind each name of an object; it has to read or skip the value.
  private mutating func readObject(
    _ member: (inout JSONScanner, String) throws(JSONFault) -> Void
  ) throws(JSONFault) {
    try expect(UInt8(ascii: "{"))
    if take(UInt8(ascii: "}")) { return }
    repeat {
      let name = try readString()
      try expect(UInt8(ascii: ":"))
      try member(&self, name)
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
  }

  private mutating func readScalar() throws(JSONFault) -> JSONScalar {
    switch peek() {
    case UInt8(ascii: "\""): return .text(try readString())
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      try skip()
      return .container
    default:
      let start = place
      try skipLiteral()
      let word = bytes[start..<place]
      if word.elementsEqual("true".utf8) { return .flag(true) }
      if word.elementsEqual("false".utf8) { return .flag(false) }
      return word.elementsEqual("null".utf8) ? .null : .number
    }
  }

  private mutating func readString() throws(JSONFault) -> String {
    _ = peek()
    let start = place
    let isEscaped = try skipString()
    let inside = UnsafeRawBufferPointer(rebasing: bytes[(start + 1)..<(place - 1)])
    if !isEscaped {
      guard let text = String(validating: inside, as: UTF8.self) else { throw JSONFault() }
      return text
    }
    // Rare: a branch with a quotation mark in its name.
    let list = [UInt8](arrayLiteral: UInt8(ascii: "[")) + bytes[start..<place] + [UInt8(ascii: "]")]
    do {
      guard let text = try JSONDecoder().decode([String].self, from: Data(list)).first else { throw JSONFault() }
      return text
    } catch {
      throw JSONFault()
    }
  }

  // MARK: Skipping

  /// Steps over one value of any kind.
  private mutating func skip() throws(JSONFault) {
    var depth = 0
    /// Which of the open brackets are those of objects, the innermost lowest.
    var objects: UInt64 = 0
    repeat {
      switch peek() {
      case UInt8(ascii: "\""): _ = try skipString()
      case let byte? where byte == UInt8(ascii: "{") || byte == UInt8(ascii: "["):
        guard depth < Self.maximumDepth else { throw JSONFault() }
        depth += 1
        objects = objects << 1 | (byte == UInt8(ascii: "{") ? 1 : 0)
        place += 1
      case let byte? where byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]"):
        guard depth > 0, objects & 1 == (byte == UInt8(ascii: "}") ? 1 : 0) else { throw JSONFault() }
        depth -= 1
        objects >>= 1
        place += 1
      case let byte? where depth > 0 && (byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":")): place += 1
      default: try skipLiteral()
      }
    } while depth > 0
  }

  /// Steps over a string; returns whether it has escapes.
  private mutating func skipString() throws(JSONFault) -> Bool {
    guard place < bytes.count, bytes[place] == UInt8(ascii: "\"") else { throw JSONFault() }
    var index = place + 1
    var isEscaped = false
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") {
        place = index
        return isEscaped
      }
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        index += 1
      } else if byte < 0x20 {
        break
      }
    }
    throw JSONFault()
  }

  /// Steps over `true`, `false`, `null` or a number.
  private mutating func skipLiteral() throws(JSONFault) {
    let start = place
    while place < bytes.count, Self.isLiteral(bytes[place]) { place += 1 }
    guard place > start else { throw JSONFault() }
  }

  private static func isLiteral(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
      true
    default: false
    }
  }

  // MARK: Bytes

  /// The next byte that is no white space, or `nil` at the end.
  private mutating func peek() -> UInt8? {
    while place < bytes.count {
      let byte = bytes[place]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      place += 1
    }
    return nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard peek() == byte else { return false }
    place += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(JSONFault) {
    guard take(byte) else { throw JSONFault() }
  }
}
