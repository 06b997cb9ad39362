/// Turns a pattern into segments, by GitHub's rules.
struct PatternReader {
  struct Fault: Error {
    /// Bytes from the start of the pattern.
    var offset: Int
    var reason: String
  }

  struct Parsed {
    var segments: [PatternSegment]
    /// What is odd about it though it counts.
    var doubt: String?
  }

  private let pattern: ArraySlice<UInt8>

  init(_ pattern: ArraySlice<UInt8>) { self.pattern = pattern }

  func read() -> Result<Parsed, Fault> {
    if let fault = fault() { return .failure(fault) }
    var parts = pattern.split(separator: .slash, omittingEmptySubsequences: false)
    let endsWithSlash = parts.count > 1 && parts.last?.isEmpty == true
    let isAnchored = parts.count > 1 && parts.first?.isEmpty == true
    if isAnchored { parts.removeFirst() }
    var segments = parts.map(Self.segment)
    // Without a slash, or with one only at its end, a pattern floats.
    if !isAnchored, parts.count == (endsWithSlash ? 2 : 1), segments.first != .anyDepth { segments.insert(.anyDepth, at: 0) }
    // A slash at the end means what is inside.
    if endsWithSlash, segments.count > 1 { segments[segments.count - 1] = .anyDepth }
    return .success(Parsed(segments: segments, doubt: doubt(segments)))
  }

  private func fault() -> Fault? {
    if pattern.count > CodeOwnersParser.maximumPatternBytes {
      return Fault(offset: 0, reason: "a pattern of \(pattern.count) bytes is longer than any path")
    }
    if pattern.first == UInt8(ascii: "!") { return Fault(offset: 0, reason: "a pattern cannot start with \"!\"") }
    var stars = 0
    var index = pattern.startIndex
    while index < pattern.endIndex {
      let (byte, offset) = (pattern[index], index - pattern.startIndex)
      stars = byte == .star ? stars + 1 : 0
      if stars == 3 { return Fault(offset: offset - 2, reason: "\"***\" has no meaning; did you mean \"**\"?") }
      if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "]") {
        return Fault(offset: offset, reason: "both \"[\" and \"]\" must be escaped with \"\\\"")
      }
      if byte == .backslash {
        guard index + 1 < pattern.endIndex else { return Fault(offset: offset, reason: "\"\\\" at the end escapes nothing") }
        index += 1
      }
      index += 1
    }
    return nil
  }

  private func doubt(_ segments: [PatternSegment]) -> String? {
    if pattern.elementsEqual([.slash]) { return "the pattern \"/\" never matches; did you mean \"*\"?" }
    return PatternTrie.canMatch(segments) ? nil : "the pattern never matches a path"
  }

  private static func segment(_ part: ArraySlice<UInt8>) -> PatternSegment {
    if part.isEmpty { return .impossible }
    if part.elementsEqual([.star]) { return .anyOne }
    if part.elementsEqual([.star, .star]) { return .anyDepth }
    var tokens: [Glob.Token] = []
    var index = part.startIndex
    while index < part.endIndex {
      switch part[index] {
      case .backslash where index + 1 < part.endIndex:
        index += 1
        tokens.append(.byte(part[index]))
      // A backslash before a slash has nothing to escape in its segment.
      case .backslash: break
      case .star where tokens.last == .run: break
      case .star: tokens.append(.run)
      case .question: tokens.append(.character)
      case let byte: tokens.append(.byte(byte))
      }
      index += 1
    }
    let literal = tokens.compactMap { if case .byte(let byte) = $0 { byte } else { nil } }
    return literal.count == tokens.count ? .literal(literal) : .glob(Glob(tokens))
  }
}
