extension Owner {
  /// Reads a word of a line; `nil` when it cannot be an owner at GitHub.
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

  static func isAddress(_ word: ArraySlice<UInt8>) -> Bool {
    let halves = word.split(separator: .at, omittingEmptySubsequences: false)
    guard halves.count == 2, let name = halves.first, let host = halves.last, !name.isEmpty else { return false }
    let labels = host.split(separator: .dot, omittingEmptySubsequences: false)
    guard labels.count > 1, labels.allSatisfy({ !$0.isEmpty }), let top = labels.last else { return false }
    return name.allSatisfy { $0.isLetterOrDigit || "._%+-".utf8.contains($0) }
      && host.allSatisfy { $0.isLetterOrDigit || $0 == .dot || $0 == .dash } && top.count > 1 && top.allSatisfy(\.isLetter)
  }
}
