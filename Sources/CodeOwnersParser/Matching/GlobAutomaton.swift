/// All ways to match a glob at once, one bit each, for texts that make trying one after the other slow.
///
/// Bit i is set while the first i tokens, not counting runs, match what was read. A run after them keeps the bit for good (Navarro
/// and Raffinot, "Flexible Pattern Matching in Strings", 2002, extended Shift-And). Costs the bytes of the text times the tokens
/// divided by 64.
struct GlobAutomaton {
  private let tokens: [GlobToken]
  private let table: GlobTable
  private let width: Int
  /// The bits that a run keeps.
  private var kept: [UInt64]
  /// The bits that the rest of a character keeps, since the character was taken whole.
  private var absorbing: [UInt64]
  /// For each byte, the tokens that take it; filled for bytes that occur.
  private var takers: [UInt64]

  init(_ all: [GlobToken], _ table: GlobTable) {
    tokens = all.filter { $0 != .run }
    self.table = table
    width = tokens.count / 64 + 1
    kept = Array(repeating: 0, count: width)
    absorbing = kept
    takers = Array(repeating: 0, count: 256 * width)
    var state = 0
    for token in all {
      if token == .run {
        kept.setBit(state)
        continue
      }
      if let byte = token.byte {
        let followsCharacter = state > 0 && tokens[state - 1].byte == nil && kept[state / 64] >> UInt64(state % 64) & 1 == 0
        if !(followsCharacter && byte.isUTF8Continuation) { takers.setBit(Int(byte) * width * 64 + state) }
      } else {
        absorbing.setBit(state + 1)
      }
      state += 1
    }
  }

  func matches(_ text: RawSpan, _ part: Range<Int>, segmentStart: Int) -> Bool {
    var alive = [UInt64](repeating: 0, count: width)
    alive[0] = 1
    for index in part {
      let byte = text.byte(at: index)
      let beginsCharacter = !byte.isUTF8Continuation || index == segmentStart
      let characters = beginsCharacter ? characterTakers(text, index, part.upperBound) : []
      var carry: UInt64 = 0
      for word in 0..<width {
        let moving = alive[word] & (takers[Int(byte) * width + word] | (beginsCharacter ? characters[word] : 0))
        let staying = alive[word] & (kept[word] | (beginsCharacter ? 0 : absorbing[word]))
        alive[word] = moving << 1 | carry | staying
        carry = moving >> 63
      }
    }
    return alive[tokens.count / 64] >> UInt64(tokens.count % 64) & 1 == 1
  }

  /// The tokens that take the character here.
  private func characterTakers(_ text: RawSpan, _ index: Int, _ end: Int) -> [UInt64] {
    var result = [UInt64](repeating: 0, count: width)
    var scalar: UInt32?
    for (state, token) in tokens.enumerated() where token.byte == nil {
      if let set = token.set {
        let value = scalar ?? text.scalar(at: index, to: text.endOfCharacter(at: index, limit: end))
        scalar = value
        guard table.contains(value, inSet: set) else { continue }
      }
      result.setBit(state)
    }
    return result
  }
}

extension [UInt64] {
  fileprivate mutating func setBit(_ bit: Int) { self[bit / 64] |= 1 << UInt64(bit % 64) }
}
