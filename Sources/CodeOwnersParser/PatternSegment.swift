/// What stands between two slashes of a pattern, ready to match.
enum PatternSegment: Hashable, Sendable {
  /// Exactly these bytes.
  case literal([UInt8])
  /// One segment, whatever it is: `*`.
  case anyOne
  /// Any number of segments: `**`.
  case anyDepth
  /// A segment of a shape: `*.js`.
  case glob(Glob)
  /// Nothing that a path can hold: between two slashes.
  case impossible
}

/// The shape of one segment: fixed bytes, any run (`*`), any character (`?`).
struct Glob: Hashable, Sendable {
  enum Token: Hashable, Sendable {
    case byte(UInt8)
    case run
    case character
  }

  private let tokens: [Token]
  private let prefix: [UInt8]
  private let suffix: [UInt8]
  private let minimumLength: Int
  /// Whether it is a prefix, a run and a suffix and nothing else, so that no search is needed.
  private let isSimple: Bool

  init(_ tokens: [Token]) {
    self.tokens = tokens
    prefix = Self.bytes(tokens)
    suffix = Self.bytes(tokens.reversed()).reversed()
    minimumLength = tokens.count { $0 != .run }
    isSimple = prefix.count + suffix.count + 1 == tokens.count && tokens[prefix.count] == .run
  }

  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count >= minimumLength else { return false }
    for (index, byte) in prefix.enumerated() where text[index] != byte { return false }
    let tail = text.count - suffix.count
    for (index, byte) in suffix.enumerated() where text[tail + index] != byte { return false }
    return isSimple || search(text)
  }

  /// Tries the last run longer and longer; earlier runs never need another try, so the cost is at most the two lengths
  /// multiplied.
  private func search(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    var token = 0
    var index = 0
    var retry: (token: Int, index: Int)?
    while index < text.count {
      if token < tokens.count, tokens[token] == .run {
        token += 1
        retry = (token, index)
      } else if token < tokens.count, let next = Self.step(tokens[token], text, index) {
        token += 1
        index = next
      } else if let last = retry {
        retry = (last.token, last.index + 1)
        (token, index) = (last.token, last.index + 1)
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { $0 == .run }
  }

  private static func step(_ token: Token, _ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
    switch token {
    case .byte(let byte): return text[index] == byte ? index + 1 : nil
    case .run: return nil
    case .character:
      // One code point. A retry may have landed inside one, where no character begins.
      guard !text[index].isUTF8Continuation || index == 0 else { return nil }
      var next = index + 1
      while next < text.count, text[next].isUTF8Continuation { next += 1 }
      return next
    }
  }

  private static func bytes(_ tokens: some Sequence<Token>) -> [UInt8] {
    var bytes: [UInt8] = []
    for token in tokens {
      guard case .byte(let byte) = token else { break }
      bytes.append(byte)
    }
    return bytes
  }
}
