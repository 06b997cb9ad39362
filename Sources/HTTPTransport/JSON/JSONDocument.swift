import KoalrDomain

/// A JSON text that was split into its values; a value is named by its token's number, the outermost is 0.
final class JSONDocument: Sendable {
  let bytes: [UInt8]
  let tokens: [JSONToken]

  init(_ bytes: [UInt8]) throws(JSONFault) {
    self.bytes = bytes
    tokens = try JSONTokenizer.tokens(of: bytes.span)
  }

  /// The values of a list.
  func elements(of list: Int) -> [Int] { children(of: list, step: 0) }

  /// The values of an object; the name of each is the token before it.
  func members(of object: Int) -> [Int] { children(of: object, step: 1) }

  private func children(of container: Int, step: Int) -> [Int] {
    var children: [Int] = []
    children.reserveCapacity(Int(tokens[container].end))
    var index = container + 1 + step
    while index < tokens[container].next + Int32(step) {
      children.append(index)
      index = Int(tokens[index].next) + step
    }
    return children
  }

  /// Returns the value of a member; of several with the same name the first one.
  func find(_ name: String, in object: Int) -> Int? {
    var name = name
    return name.withUTF8 { find($0, object + 1..<Int(tokens[object].next)) }
  }

  /// As ``find(_:in:)``, where one behind the token `start` is as good as the first.
  func find(_ name: StaticString, in object: Int, from start: Int) -> Int? {
    name.withUTF8Buffer { name in
      find(name, start..<Int(tokens[object].next)) ?? find(name, object + 1..<start)
    }
  }

  /// Looks through members; the range begins with the name of one and ends behind the value of another.
  private func find(_ wanted: UnsafeBufferPointer<UInt8>, _ members: Range<Int>) -> Int? {
    var index = members.lowerBound
    while index < members.upperBound {
      if isName(at: index, wanted) { return index + 1 }
      index = Int(tokens[index + 1].next)
    }
    return nil
  }

  private func isName(at index: Int, _ wanted: UnsafeBufferPointer<UInt8>) -> Bool {
    let token = tokens[index]
    guard token.kind == .plainString else { return (try? text(at: index)).map { $0.utf8.elementsEqual(wanted) } ?? false }
    let start = Int(token.start)
    guard Int(token.end) - start == wanted.count else { return false }
    for offset in 0..<wanted.count where bytes[start + offset] != wanted[offset] { return false }
    return true
  }
}

// MARK: Scalars

extension JSONDocument {
  /// The bytes of a text, as they stand there, or of a number.
  func slice(at index: Int) -> ArraySlice<UInt8> { bytes[Int(tokens[index].start)..<Int(tokens[index].end)] }

  /// - Throws: `JSONFault` for bytes that are not UTF-8 and escapes that mean nothing.
  func text(at index: Int) throws(JSONFault) -> String {
    let bytes = slice(at: index)
    let text: String? =
      switch tokens[index].kind {
      case .plainString: String(decoding: bytes, as: UTF8.self)
      case .escapedString: try JSONEscapes.text(bytes)
      default: String(validating: bytes, as: UTF8.self)
      }
    guard let text else { throw JSONFault() }
    return text
  }

  /// Returns the number, or `nil` for one that is not whole or too large.
  func integer<Number: FixedWidthInteger>(at index: Int) -> Number? {
    let digits = String(decoding: slice(at: index), as: UTF8.self)
    return Number(digits) ?? Double(digits).flatMap { Number(exactly: $0) }
  }

  /// Returns the number, or `nil` for one that is too large.
  func double(at index: Int) -> Double? {
    Double(String(decoding: slice(at: index), as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
  }

  /// The way from the outside to a value.
  func path(to target: Int) -> [any CodingKey] {
    var path: [any CodingKey] = []
    var index = 0
    while index < target {
      let isObject = tokens[index].kind == .object
      let children = isObject ? members(of: index) : elements(of: index)
      guard let place = children.firstIndex(where: { target < tokens[$0].next }) else { return path }
      path.append(isObject ? JSONKey((try? text(at: children[place] - 1)) ?? "") : JSONKey(index: place))
      index = children[place]
    }
    return path
  }
}

/// The name of a member or the place of an element.
struct JSONKey: CodingKey {
  let stringValue: String
  let intValue: Int?

  init(_ name: String) { (stringValue, intValue) = (name, nil) }
  init(index: Int) { (stringValue, intValue) = ("Index \(index)", index) }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { self.init(index: intValue) }
}
