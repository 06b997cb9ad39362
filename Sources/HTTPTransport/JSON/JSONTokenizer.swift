/// Splits a JSON text (RFC 8259) into its values, in the order in which they begin: members as name and value.
///
/// Strict but for texts that are values: their escapes and their UTF-8 are looked at when they are asked for, so that one that is
/// damaged spoils nothing else.
struct JSONTokenizer {
  /// Objects and lists within each other.
  static let maximumDepth = 512

  private var tokens: [JSONToken] = []
  private var place = 0

  static func tokens(of bytes: Span<UInt8>) throws(JSONFault) -> [JSONToken] {
    guard bytes.count <= Int32.max else { throw JSONFault() }
    var tokenizer = JSONTokenizer()
    // GitHub's answers have a token for every ten to twenty bytes.
    tokenizer.tokens.reserveCapacity(bytes.count / 12)
    try tokenizer.readValue(bytes, depth: 0)
    guard tokenizer.peek(bytes) == nil else { throw JSONFault() }
    return tokenizer.tokens
  }

  private mutating func readValue(_ bytes: Span<UInt8>, depth: Int) throws(JSONFault) {
    switch peek(bytes) {
    case UInt8(ascii: "\""): try readString(bytes)
    case UInt8(ascii: "{"): try readObject(bytes, depth: depth + 1)
    case UInt8(ascii: "["): try readList(bytes, depth: depth + 1)
    case UInt8(ascii: "t"): try readWord("true", .yes, bytes)
    case UInt8(ascii: "f"): try readWord("false", .no, bytes)
    case UInt8(ascii: "n"): try readWord("null", .null, bytes)
    default: try readNumber(bytes)
    }
  }

  // MARK: Containers

  private mutating func readObject(_ bytes: Span<UInt8>, depth: Int) throws(JSONFault) {
    let own = try open(.object, depth)
    if !take(UInt8(ascii: "}"), bytes) {
      repeat {
        guard peek(bytes) == UInt8(ascii: "\"") else { throw JSONFault() }
        try readName(bytes)
        guard take(UInt8(ascii: ":"), bytes) else { throw JSONFault() }
        try readValue(bytes, depth: depth)
        tokens[own].end += 1
      } while take(UInt8(ascii: ","), bytes)
      guard take(UInt8(ascii: "}"), bytes) else { throw JSONFault() }
    }
    tokens[own].next = Int32(tokens.count)
  }

  private mutating func readList(_ bytes: Span<UInt8>, depth: Int) throws(JSONFault) {
    let own = try open(.list, depth)
    if !take(UInt8(ascii: "]"), bytes) {
      repeat {
        try readValue(bytes, depth: depth)
        tokens[own].end += 1
      } while take(UInt8(ascii: ","), bytes)
      guard take(UInt8(ascii: "]"), bytes) else { throw JSONFault() }
    }
    tokens[own].next = Int32(tokens.count)
  }

  private mutating func open(_ kind: JSONToken.Kind, _ depth: Int) throws(JSONFault) -> Int {
    guard depth <= Self.maximumDepth else { throw JSONFault() }
    tokens.append(JSONToken(kind: kind, start: Int32(place)))
    place += 1
    return tokens.count - 1
  }

  // MARK: Scalars

  /// Reads the name of a member, which nobody has to ask for before it matters.
  private mutating func readName(_ bytes: Span<UInt8>) throws(JSONFault) {
    let start = place + 1
    guard try !readString(bytes) else { return }
    var name: [UInt8] = []
    for index in start..<(place - 1) { name.append(bytes[index]) }
    guard try JSONEscapes.text(name[...]) != nil else { throw JSONFault() }
  }

  /// Returns whether it is ASCII without escapes.
  @discardableResult
  private mutating func readString(_ bytes: Span<UInt8>) throws(JSONFault) -> Bool {
    let start = place + 1
    var index = start
    var isEscaped = false
    var allBits: UInt8 = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        let kind: JSONToken.Kind = isEscaped ? .escapedString : allBits < 0x80 ? .plainString : .unicodeString
        append(kind, from: start, to: index)
        place = index + 1
        return kind == .plainString
      }
      guard byte >= 0x20 else { break }
      allBits |= byte
      if byte == UInt8(ascii: "\\") {
        isEscaped = true
        index += 1
      }
      index += 1
    }
    throw JSONFault()
  }

  private mutating func readWord(_ word: String, _ kind: JSONToken.Kind, _ bytes: Span<UInt8>) throws(JSONFault) {
    let start = place
    for letter in word.utf8 {
      guard step(over: letter, bytes) else { throw JSONFault() }
    }
    append(kind, from: start, to: place)
  }

  private mutating func readNumber(_ bytes: Span<UInt8>) throws(JSONFault) {
    let start = place
    step(over: UInt8(ascii: "-"), bytes)
    if !step(over: UInt8(ascii: "0"), bytes) { try skipDigits(bytes) }
    if step(over: UInt8(ascii: "."), bytes) { try skipDigits(bytes) }
    if step(over: UInt8(ascii: "e"), bytes) || step(over: UInt8(ascii: "E"), bytes) {
      if !step(over: UInt8(ascii: "-"), bytes) { step(over: UInt8(ascii: "+"), bytes) }
      try skipDigits(bytes)
    }
    append(.number, from: start, to: place)
  }

  private mutating func append(_ kind: JSONToken.Kind, from start: Int, to end: Int) {
    tokens.append(JSONToken(kind: kind, start: Int32(start), end: Int32(end), next: Int32(tokens.count + 1)))
  }

  private mutating func skipDigits(_ bytes: Span<UInt8>) throws(JSONFault) {
    let start = place
    while place < bytes.count, (0x30...0x39).contains(bytes[place]) { place += 1 }
    guard place > start else { throw JSONFault() }
  }

  // MARK: Bytes

  @discardableResult
  private mutating func step(over byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    guard place < bytes.count, bytes[place] == byte else { return false }
    place += 1
    return true
  }

  private mutating func take(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
    _ = peek(bytes)
    return step(over: byte, bytes)
  }

  /// The next byte that is no white space, or `nil` at the end.
  private mutating func peek(_ bytes: Span<UInt8>) -> UInt8? {
    while place < bytes.count {
      let byte = bytes[place]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      place += 1
    }
    return nil
  }
}
