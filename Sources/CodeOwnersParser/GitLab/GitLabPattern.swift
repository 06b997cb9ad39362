/// A pattern as GitLab matches it: with Ruby's `File.fnmatch`, `FNM_PATHNAME` and `FNM_DOTMATCH`.
///
/// Without a leading slash it floats, also with a slash in its middle; a slash at its end means everything below; without one
/// it owns nothing below, and `**` at the end is one segment like `*`.
///
/// Source: docs.gitlab.com, "Advanced CODEOWNERS configuration", pattern matching.
struct GitLabPattern: Hashable {
  /// The pattern in full, which begins with a slash and does not end with one. Two that are equal here are one pattern.
  private let text: [UInt8]

  init(_ pattern: ArraySlice<UInt8>) {
    var text: [UInt8] = []
    text.reserveCapacity(pattern.count + 8)
    if pattern.first != .slash { text += "/**/".utf8 }
    text += pattern
    if text.last == .slash { text += "**/*".utf8 }
    self.text = text
  }

  /// Cuts it at its slashes. A `[` that is never closed makes it match nothing.
  func read(into pattern: inout Pattern) {
    pattern.removeAll()
    var index = 1
    while index < text.count {
      if isAnyDepth(at: index) {
        index += 3
        if pattern.segments.last != .anyDepth { pattern.add(.anyDepth) }
      } else if readSegment(at: &index, into: &pattern) {
        pattern.endSegment()
      } else {
        pattern.removeAll()
        return pattern.add(.impossible)
      }
    }
  }

  private func isAnyDepth(at index: Int) -> Bool {
    index + 2 < text.count && text[index] == .star && text[index + 1] == .star && text[index + 2] == .slash
  }

  /// Reads up to the next slash and moves behind it; an escaped slash separates as well, one between brackets does not.
  private func readSegment(at index: inout Int, into pattern: inout Pattern) -> Bool {
    var isRun = false
    while index < text.count, text[index] != .slash {
      let isEscaped = text[index] == .backslash && index + 1 < text.count
      if isEscaped { index += 1 }
      let byte = text[index]
      if byte == .slash { break }
      index += 1
      let wasRun = isRun
      isRun = byte == .star && !isEscaped
      switch byte {
      case .star where !isEscaped: if !wasRun { pattern.addRun() }
      case .question where !isEscaped: pattern.addCharacter()
      case .openingBracket where !isEscaped:
        guard let set = GlobSet(text, at: &index) else { return false }
        pattern.add(set)
      default: pattern.add(byte: byte)
      }
    }
    index += 1
    return true
  }
}
