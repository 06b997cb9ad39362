extension Owner {
  /// Reads a word of a line; `nil` when it cannot be an owner at GitHub.
  init?(_ word: ArraySlice<UInt8>) {
    if word.first != .at {
      guard Self.isAddress(word) else { return nil }
      self = .email(String(decoding: word, as: UTF8.self))
    } else if let slash = word.firstIndex(of: .slash) {
      guard Self.isName(word[(word.startIndex + 1)..<slash], allowsUnderscore: false),
        Self.isName(word[(slash + 1)...], allowsUnderscore: true)
      else { return nil }
      self = .team(String(decoding: word, as: UTF8.self))
    } else {
      guard Self.isName(word.dropFirst(), allowsUnderscore: true) else { return nil }
      self = .user(String(decoding: word, as: UTF8.self))
    }
  }

  private static func isName(_ name: ArraySlice<UInt8>, allowsUnderscore: Bool) -> Bool {
    !name.isEmpty
      && name.allSatisfy { $0.isLetterOrDigit || $0 == .dash || (allowsUnderscore && $0 == UInt8(ascii: "_")) }
  }

  /// Whether a word is the address of an account: a name, `@`, and a host of at least two parts, the last of letters.
  static func isAddress(_ word: ArraySlice<UInt8>) -> Bool {
    guard let at = word.firstIndex(of: .at), at > word.startIndex else { return false }
    guard word[..<at].allSatisfy({ $0.isLetterOrDigit || "._%+-".utf8.contains($0) }) else { return false }
    var part = 0
    var isLetters = true
    var dots = 0
    for byte in word[(at + 1)...] {
      if byte == .dot {
        guard part > 0 else { return false }
        (part, isLetters, dots) = (0, true, dots + 1)
        continue
      }
      guard byte.isLetterOrDigit || byte == .dash else { return false }
      part += 1
      isLetters = isLetters && byte.isLetter
    }
    return dots > 0 && part > 1 && isLetters
  }
}
