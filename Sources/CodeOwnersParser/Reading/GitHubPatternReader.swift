/// Turns the pattern of a line into segments, by GitHub's rules.
enum GitHubPatternReader {
  /// Returns the part that a pattern takes at the beginning of a range.
  static func extent(in range: Range<Int>, of bytes: [UInt8]) throws(LineFault) -> Range<Int> {
    let start = range.lowerBound
    let whole = start..<bytes.endOfPattern(in: range)
    guard whole.count <= CodeOwnersParser.maximumPatternBytes else { throw .patternTooLong(whole) }
    if bytes[start] == .bang {
      throw .invalidPattern(
        start, "a pattern cannot start with \"!\"", advice: "write the exception as a later rule, with other owners or none")
    }
    return whole
  }

  /// Reads a pattern, which takes the whole range.
  static func read(_ range: Range<Int>, of bytes: [UInt8], into pattern: inout Pattern) throws(LineFault) {
    let isAnchored = bytes[range.lowerBound] == .slash
    pattern.removeAll()
    try readSegments(isAnchored ? range.lowerBound + 1..<range.upperBound : range, of: bytes, into: &pattern)
    let endsWithSlash = pattern.segments.count > 1 && pattern.segments.last == .impossible
    // Without a slash, or with one only at its end, a pattern floats.
    let floats = !isAnchored && pattern.segments.count == (endsWithSlash ? 2 : 1) && pattern.segments.first != .anyDepth
    // A slash at the end means what is inside.
    if endsWithSlash { pattern.replaceLast(by: .anyDepth) }
    if floats { pattern.float() }
  }

  private static func readSegments(_ range: Range<Int>, of bytes: [UInt8], into pattern: inout Pattern) throws(LineFault) {
    var place = range.lowerBound
    var stars = 0
    while place < range.upperBound {
      let byte = bytes[place]
      stars = byte == .star ? stars + 1 : 0
      switch byte {
      case .slash: pattern.endSegment()
      case .star where stars == 3:
        throw .invalidPattern(place - 2, "\"***\" has no meaning; did you mean \"**\"?", advice: "write \"**\"")
      case .star: pattern.addRun()
      case .question: pattern.addCharacter()
      case UInt8(ascii: "["), UInt8(ascii: "]"):
        throw .invalidPattern(place, "both \"[\" and \"]\" must be escaped with \"\\\"", advice: "write \"\\[\" and \"\\]\"")
      case .backslash:
        guard place + 1 < range.upperBound else {
          throw .invalidPattern(place, "\"\\\" at the end escapes nothing", advice: "remove it")
        }
        // A backslash before a slash has nothing to escape in its segment.
        if bytes[place + 1] != .slash {
          place += 1
          pattern.add(byte: bytes[place])
        }
      default:
        let end = bytes.span.bytes.firstPlace(in: place..<range.upperBound) { $0.signs.union($0.places(of: .slash)) }
        pattern.add(bytes: bytes[place..<end])
        place = end - 1
      }
      place += 1
    }
    pattern.endSegment()
  }
}
