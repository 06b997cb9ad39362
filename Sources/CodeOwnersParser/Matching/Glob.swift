/// The shape of one segment: fixed bytes, any run (`*`), any character (`?`), one of a set.
struct Glob: Hashable, Sendable {
  private let tokens: [GlobToken]
  private let sets: [GlobSet]
  private let prefix: [UInt8]
  private let suffix: [UInt8]
  private let minimumLength: Int
  /// Whether it is a prefix, a run and a suffix and nothing else, so that no search is needed.
  private let isSimple: Bool

  init(_ tokens: ArraySlice<GlobToken>, sets: [GlobSet]) {
    self.tokens = Array(tokens)
    self.sets = sets
    prefix = tokens.prefix { $0.byte != nil }.compactMap(\.byte)
    suffix = tokens.reversed().prefix { $0.byte != nil }.compactMap(\.byte).reversed()
    minimumLength = tokens.count { $0 != .run }
    isSimple = prefix.count + suffix.count + 1 == tokens.count && self.tokens[prefix.count] == .run
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
      } else if token < tokens.count, let next = step(tokens[token], text, index) {
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

  private func step(_ token: GlobToken, _ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int? {
    if let byte = token.byte { return text[index] == byte ? index + 1 : nil }
    // One code point. A retry may have landed inside one, where no character begins.
    guard token != .run, !text[index].isUTF8Continuation || index == 0 else { return nil }
    var next = index + 1
    while next < text.count, text[next].isUTF8Continuation { next += 1 }
    guard let set = token.set else { return next }
    let scalar = String(decoding: text[index..<next], as: UTF8.self).unicodeScalars.first?.value ?? 0
    return sets[set].contains(scalar) ? next : nil
  }
}
