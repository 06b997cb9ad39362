/// Where the words of a rule stand in its line, in bytes from the line's start.
enum RuleWords {
  /// Where the pattern stands.
  static func pattern(of rule: CodeOwnersRule, in line: ArraySlice<UInt8>) -> Range<Int> {
    let mark = rule.line == 1 && line.starts(with: GitHubReader.byteOrderMark) ? GitHubReader.byteOrderMark.count : 0
    let blanks = line.dropFirst(mark).prefix { $0.isBlank }.count
    let start = mark + blanks + (rule.isExclusion ? 1 : 0)
    return start..<min(start + rule.pattern.utf8.count, max(start, line.count))
  }

  /// Where owners stand that were read from a line, in their order. Words between them that are no owners are passed over.
  static func places(of owners: [Owner], in line: ArraySlice<UInt8>, from start: Int) -> [Range<Int>] {
    let bytes = Array(line)
    var words = bytes.words(in: min(start, bytes.count)..<bytes.count)[...]
    var places: [Range<Int>] = []
    for owner in owners {
      let text = Array(owner.text.utf8)
      // A comment may stand right behind an owner.
      let isText = { (word: Range<Int>) in
        bytes[word].starts(with: text) && (word.count == text.count || bytes[word.lowerBound + text.count] == .hash)
      }
      guard let index = words.firstIndex(where: isText) else { break }
      places.append(words[index].lowerBound..<words[index].lowerBound + text.count)
      words = words[(index + 1)...]
    }
    return places
  }
}
