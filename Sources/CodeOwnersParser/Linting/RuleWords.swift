/// Where the words of a rule stand in its line, in bytes from the line's start.
struct RuleWords {
  let pattern: Range<Int>
  /// For each owner of the rule.
  let owners: [Range<Int>]

  /// Finds the words of a rule in its line.
  init(_ rule: CodeOwnersRule, in line: some Collection<UInt8>) {
    let bytes = Array(line)
    let blanks = bytes.prefix { $0.isBlank }.count
    let isMarked = rule.isExclusion && bytes.dropFirst(blanks).first == UInt8(ascii: "!") && !rule.pattern.hasPrefix("!")
    let start = blanks + (isMarked ? 1 : 0)
    pattern = start..<min(start + rule.pattern.utf8.count, bytes.count)
    var found: [Range<Int>] = []
    var words = Self.words(bytes, from: pattern.upperBound)[...]
    for owner in rule.owners {
      let text = Array(owner.text.utf8)
      // A comment may stand right behind an owner.
      let isText = { (word: Range<Int>) in
        bytes[word].starts(with: text) && (word.count == text.count || bytes[word.lowerBound + text.count] == .hash)
      }
      guard let place = words.firstIndex(where: isText) else { break }
      found.append(words[place].lowerBound..<words[place].lowerBound + text.count)
      words = words[(place + 1)...]
    }
    owners = found
  }

  private static func words(_ bytes: [UInt8], from start: Int) -> [Range<Int>] {
    bytes[start...].split { $0.isBlank }.map { $0.startIndex..<$0.endIndex }
  }
}
