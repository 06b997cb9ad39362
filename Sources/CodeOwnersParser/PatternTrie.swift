struct PatternTrie: Sendable {
  func lastMatch(for path: UnsafeBufferPointer<UInt8>) -> Int? { nil }
}
