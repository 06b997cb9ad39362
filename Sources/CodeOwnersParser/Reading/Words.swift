extension [UInt8] {
  /// A line without what ends it and without the blanks it begins with.
  func trimmingLine(_ line: Range<Int>) -> Range<Int> {
    var (start, end) = (line.lowerBound, line.upperBound)
    if end > start, self[end - 1] == .newline { end -= 1 }
    if end > start, self[end - 1] == .carriageReturn { end -= 1 }
    while start < end, self[start].isBlank { start += 1 }
    return start..<end
  }

  /// A range without blanks at its ends.
  func trimmingBlanks(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, self[start].isBlank { start += 1 }
    while end > start, self[end - 1].isBlank { end -= 1 }
    return start..<end
  }

  /// The first blank that is not escaped.
  func endOfPattern(in range: Range<Int>) -> Int {
    var place = range.lowerBound
    while place < range.upperBound, !self[place].isBlank { place += self[place] == .backslash ? 2 : 1 }
    return Swift.min(place, range.upperBound)
  }

  /// All words of a range.
  func words(in range: Range<Int>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    while let word = nextWord(in: (words.last?.upperBound ?? range.lowerBound)..<range.upperBound) { words.append(word) }
    return words
  }

  /// The next word, between blanks, of a range.
  func nextWord(in range: Range<Int>) -> Range<Int>? {
    var start = range.lowerBound
    while start < range.upperBound, self[start].isBlank { start += 1 }
    var end = start
    while end < range.upperBound, !self[end].isBlank { end += 1 }
    return start < end ? start..<end : nil
  }
}
