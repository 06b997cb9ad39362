/// Reads one line: a pattern, owners, a comment.
struct LineReader {
  /// What a line turns out to be.
  enum Result {
    case blank
    case rule(Rule)
    case invalid(column: Int, reason: String)
  }

  struct Rule {
    var pattern: ArraySlice<UInt8>
    var segments: [PatternSegment]
    var owners: [Owner]
    /// What is odd about it though it counts.
    var doubt: (column: Int, reason: String)?
  }

  private let line: ArraySlice<UInt8>

  init(_ line: ArraySlice<UInt8>) { self.line = line.last == 0x0D ? line.dropLast() : line }

  func read() -> Result {
    let content = line.drop(while: \.isBlank)
    if content.starts(with: [.backslash, .hash]) {
      return .invalid(column: column(content), reason: "a pattern cannot start with an escaped \"#\"")
    }
    // GitHub reads a comment from "#" on wherever it stands, also inside a word.
    let text = content.prefix { $0 != .hash }
    guard !text.isEmpty else { return .blank }
    let pattern = text.prefix(patternLength(text))
    switch PatternReader(pattern).read() {
    case .failure(let fault): return .invalid(column: column(pattern) + fault.offset, reason: fault.reason)
    case .success(let parsed): return rule(pattern, parsed, ownerText: text[pattern.endIndex...])
    }
  }

  private func rule(_ pattern: ArraySlice<UInt8>, _ parsed: PatternReader.Parsed, ownerText: ArraySlice<UInt8>) -> Result {
    var owners: [Owner] = []
    for word in ownerText.split(whereSeparator: \.isBlank) {
      guard let owner = Owner(word) else {
        let text = String(decoding: word.prefix(80), as: UTF8.self)
        return .invalid(column: column(word), reason: "\"\(text)\" is not an owner: @user, @organisation/team or an address")
      }
      owners.append(owner)
    }
    var doubt = parsed.doubt.map { (column(pattern), $0) }
    if doubt == nil, owners.isEmpty, Owner(pattern) != nil {
      doubt = (column(pattern), "an owner stands where a pattern belongs, so this is a rule without owners")
    }
    return .rule(Rule(pattern: pattern, segments: parsed.segments, owners: owners, doubt: doubt))
  }

  /// Up to the first blank that is not escaped.
  private func patternLength(_ text: ArraySlice<UInt8>) -> Int {
    var index = text.startIndex
    while index < text.endIndex, !text[index].isBlank { index += text[index] == .backslash ? 2 : 1 }
    return min(index, text.endIndex) - text.startIndex
  }

  private func column(_ part: ArraySlice<UInt8>) -> Int { part.startIndex - line.startIndex + 1 }
}

extension Owner {
  /// Reads a word of a line; `nil` when it cannot be an owner.
  init?(_ word: ArraySlice<UInt8>) {
    let text = String(decoding: word, as: UTF8.self)
    if word.first != .at {
      guard Self.isAddress(word) else { return nil }
      self = .email(text)
      return
    }
    let parts = word.dropFirst().split(separator: .slash, omittingEmptySubsequences: false)
    guard let first = parts.first, let last = parts.last, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    let isName = { (byte: UInt8) in byte.isLetterOrDigit || byte == .dash || byte == UInt8(ascii: "_") }
    switch parts.count {
    case 1 where first.allSatisfy(isName): self = .user(text)
    case 2 where first.allSatisfy({ $0.isLetterOrDigit || $0 == .dash }) && last.allSatisfy(isName): self = .team(text)
    default: return nil
    }
  }

  private static func isAddress(_ word: ArraySlice<UInt8>) -> Bool {
    let halves = word.split(separator: .at, omittingEmptySubsequences: false)
    guard halves.count == 2, let name = halves.first, let host = halves.last, !name.isEmpty else { return false }
    let labels = host.split(separator: .dot, omittingEmptySubsequences: false)
    guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty }), let top = labels.last else { return false }
    return name.allSatisfy { $0.isLetterOrDigit || "._%+-".utf8.contains($0) }
      && host.allSatisfy { $0.isLetterOrDigit || $0 == .dot || $0 == .dash } && top.count > 1 && top.allSatisfy(\.isLetter)
  }
}
