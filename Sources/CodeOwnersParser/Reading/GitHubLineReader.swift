/// Reads the lines of a file by GitHub's rules: a pattern, owners, a comment.
struct GitHubLineReader {
  private let bytes: [UInt8]
  private let grammar: OwnerGrammar
  private var pattern = Pattern()
  private var words: [Range<Int>] = []

  init(bytes: [UInt8], grammar: OwnerGrammar) { (self.bytes, self.grammar) = (bytes, grammar) }

  mutating func read(
    _ line: Range<Int>, number: Int, into contents: inout FileContents, _ matcher: inout PatternMatcherBuilder
  ) {
    let content = bytes.trimmingLine(line)
    guard !content.isEmpty, bytes[content.lowerBound] != .hash else { return }
    do {
      // GitHub reads a comment from "#" on wherever it stands, also inside a word.
      let end = bytes.span.bytes.firstPlace(in: content) { $0.places(of: .hash) }
      let range = try extentOfPattern(in: content.lowerBound..<end)
      let plain = PlainPattern(range, of: bytes)
      if plain == nil { try GitHubPatternReader.read(range, of: bytes, into: &pattern) }
      let canMatch = plain != nil || pattern.canMatchAtGitHub
      let list = try readOwners(range.upperBound..<end, &contents.table.ownerLists)
      if !canMatch || list == OwnerLists.nobody { noteDoubts(range, number, line.lowerBound, canMatch: canMatch, &contents) }
      let rule = contents.table.append(
        RuleTable.Entry(
          line: Int32(number), pattern: ByteRange(range), owners: list,
          comment: ByteRange(end..<content.upperBound)))
      if let plain {
        matcher.insert(plain, of: bytes, rule: rule)
      } else if canMatch {
        matcher.insert(pattern, rule: rule, ownsSubtree: pattern.segments.last != .anyOne)
      }
    } catch {
      guard contents.diagnostics.hasRoom else { return }
      contents.diagnostics.add(error.diagnostic(line: number, start: line.lowerBound, effect: .lineSkipped))
    }
  }

  private func extentOfPattern(in range: Range<Int>) throws(LineFault) -> Range<Int> {
    if range.count == 1, bytes[range.lowerBound] == .backslash, range.upperBound < bytes.count, bytes[range.upperBound] == .hash {
      throw .invalidPattern(
        range.lowerBound, "a pattern cannot start with an escaped \"#\"", advice: "write \"?\" in the place of \"\\#\"")
    }
    return try GitHubPatternReader.extent(in: range, of: bytes)
  }

  private mutating func readOwners(_ range: Range<Int>, _ lists: inout OwnerLists) throws(LineFault) -> Int32 {
    let text = lists.text(bytes.trimmingBlanks(range), of: bytes)
    if let known = lists.find(text, in: bytes) { return known }
    bytes.readWords(in: range, into: &words)
    var owners: [Owner] = []
    owners.reserveCapacity(words.count)
    for word in words {
      guard let owner = grammar.owner(word, of: bytes) else { throw .invalidOwner(bytes[word], grammar) }
      owners.append(owner)
    }
    return lists.insert(owners, text, in: bytes)
  }

  /// Notes what a rule that matches nothing, or that nobody owns, may have been meant to be.
  private func noteDoubts(
    _ range: Range<Int>, _ number: Int, _ start: Int, canMatch: Bool, _ contents: inout FileContents
  ) {
    let doubt: LineFault
    if range.count == 1, bytes[range.lowerBound] == .slash {
      doubt = .slashAlone(range.lowerBound)
    } else if !canMatch {
      doubt = .neverMatches(range.lowerBound)
    } else if grammar.owner(range, of: bytes) != nil {
      doubt = .ownerAsPattern(range.lowerBound)
    } else {
      return
    }
    contents.diagnostics.add(doubt.diagnostic(line: number, start: start, effect: .note))
  }
}
