extension Owner {
  /// Reads a word of a file; `nil` when it cannot be an owner at GitHub.
  init?(_ word: Range<Int>, of bytes: [UInt8]) {
    guard bytes[word.lowerBound] == .at else {
      guard Self.isAddress(bytes[word]) else { return nil }
      self = .email(String(decoding: bytes[word], as: UTF8.self))
      return
    }
    let text = bytes.span.bytes
    let first = text.endOfName(in: word.lowerBound + 1..<word.upperBound)
    guard first > word.lowerBound + 1 else { return nil }
    if first == word.upperBound {
      self = .user(String(decoding: bytes[word], as: UTF8.self))
      return
    }
    // An organisation has no underscore.
    guard bytes[first] == .slash, text.firstPlace(in: word, { $0.places(of: .underscore) }) >= first,
      first + 1 < word.upperBound, text.endOfName(in: first + 1..<word.upperBound) == word.upperBound
    else { return nil }
    self = .team(String(decoding: bytes[word], as: UTF8.self))
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

extension RawSpan {
  /// Where the name of an account or a team at GitHub ends that a range begins with.
  @inline(__always)
  fileprivate func endOfName(in range: Range<Int>) -> Int {
    firstPlace(in: range) { block in
      block.letters.union(block.digits).union(block.places(of: .dash)).union(block.places(of: .underscore)).others
    }
  }
}
