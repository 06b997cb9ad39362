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
    let start = span.bytes.firstPlace(in: range) { $0.blanks.others }
    var end = range.upperBound
    while end > start, self[end - 1].isBlank { end -= 1 }
    return start..<end
  }

  /// The first blank that is not escaped.
  func endOfPattern(in range: Range<Int>) -> Int {
    var place = range.lowerBound
    while place < range.upperBound {
      place = span.bytes.firstPlace(in: place..<range.upperBound) { $0.blanks.union($0.places(of: .backslash)) }
      guard place < range.upperBound, self[place] == .backslash else { return place }
      place += 2
    }
    return range.upperBound
  }

  /// All words of a range.
  func words(in range: Range<Int>) -> [Range<Int>] {
    var words: [Range<Int>] = []
    readWords(in: range, into: &words)
    return words
  }

  /// Puts all words of a range in the place of others.
  func readWords(in range: Range<Int>, into words: inout [Range<Int>]) {
    words.removeAll(keepingCapacity: true)
    var rest = range
    while let word = nextWord(in: rest) {
      words.append(word)
      rest = word.upperBound..<range.upperBound
    }
  }

  /// The next word, between blanks, of a range.
  func nextWord(in range: Range<Int>) -> Range<Int>? {
    let start = span.bytes.firstPlace(in: range) { $0.blanks.others }
    let end = span.bytes.firstPlace(in: start..<range.upperBound) { $0.blanks }
    return start < end ? start..<end : nil
  }
}
