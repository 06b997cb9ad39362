extension GlobSet {
  /// Reads a set as Ruby's `File.fnmatch` does, from the byte behind `[`, and moves behind its `]`; `nil` when it is never closed.
  ///
  /// `!` or `^` in front negates; `a-z` is a range, which holds only its two ends when they are in the wrong order; `\` makes the
  /// next character ordinary; the first `]` closes, so that `[]` holds nothing and `[!]` everything.
  init?(_ text: [UInt8], at index: inout Int) {
    self.init(ranges: [])
    isNegated = index < text.count && (text[index] == .bang || text[index] == .caret)
    if isNegated { index += 1 }
    while index < text.count, text[index] != .closingBracket {
      guard let first = Self.member(text, at: &index) else { return nil }
      guard index + 1 < text.count, text[index] == .dash, text[index + 1] != .closingBracket else {
        ranges.append(first...first)
        continue
      }
      index += 1
      guard let last = Self.member(text, at: &index) else { return nil }
      ranges += first <= last ? [first...last] : [first...first, last...last]
    }
    guard index < text.count else { return nil }
    index += 1
  }

  /// Reads one character; `nil` at the end and for what is not UTF-8.
  private static func member(_ text: [UInt8], at index: inout Int) -> UInt32? {
    if text[index] == .backslash { index += 1 }
    guard index < text.count else { return nil }
    let start = index
    index += 1
    while index < text.count, text[index].isUTF8Continuation { index += 1 }
    return String(validating: text[start..<index], as: UTF8.self)?.unicodeScalars.first?.value
  }
}
