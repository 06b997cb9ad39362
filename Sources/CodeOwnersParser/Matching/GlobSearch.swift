/// Tries the middle of a glob, between its first and its last fixed bytes, on a part of a segment.
struct GlobSearch {
  let tokens: Range<Int>
  /// Where the whole segment begins: a character begins there whatever its first byte is.
  let segmentStart: Int

  func matches(_ text: RawSpan, _ part: Range<Int>, _ table: GlobTable) -> Bool {
    // Ordinary globs need about as many steps as there are bytes.
    var steps = 16 * (part.count + tokens.count)
    if let answer = search(text, part, table, &steps) { return answer }
    return GlobAutomaton(tokens.map { table.tokens[$0] }, table).matches(text, part, segmentStart: segmentStart)
  }

  /// Tries the last run longer and longer; earlier runs never need another try. At worst that costs both lengths multiplied, so it
  /// gives up with `nil` when its steps are used up.
  func search(_ text: RawSpan, _ part: Range<Int>, _ table: GlobTable, _ steps: inout Int) -> Bool? {
    let all = table.tokens
    var (token, index) = (tokens.lowerBound, part.lowerBound)
    var retry: (token: Int, index: Int)?
    while index < part.upperBound {
      steps -= 1
      if steps < 0 { return nil }
      if token < tokens.upperBound, all[token] == .run {
        token += 1
        if token == tokens.upperBound { return true }
        guard let place = place(all[token], text, index, part.upperBound) else { return false }
        (index, retry) = (place, (token, place))
      } else if token < tokens.upperBound, let next = step(all[token], text, index, part.upperBound, table) {
        token += 1
        index = next
      } else if let last = retry {
        guard let place = place(all[last.token], text, last.index + 1, part.upperBound) else { return false }
        (token, index, retry) = (last.token, place, (last.token, place))
      } else {
        return false
      }
    }
    while token < tokens.upperBound, all[token] == .run { token += 1 }
    return token == tokens.upperBound
  }

  /// Where what follows a run may begin: for a byte, where it is next.
  @inline(__always)
  private func place(_ token: GlobToken, _ text: RawSpan, _ index: Int, _ end: Int) -> Int? {
    guard let byte = token.byte else { return index }
    let place = text.firstPlace(in: index..<end) { $0.places(of: byte) }
    return place < end ? place : nil
  }

  @inline(__always)
  private func step(_ token: GlobToken, _ text: RawSpan, _ index: Int, _ end: Int, _ table: GlobTable) -> Int? {
    if let byte = token.byte { return text.byte(at: index) == byte ? index + 1 : nil }
    // One code point. A retry may have landed inside one, where no character begins.
    guard token != .run, !text.byte(at: index).isUTF8Continuation || index == segmentStart else { return nil }
    let next = text.endOfCharacter(at: index, limit: end)
    guard let set = token.set else { return next }
    return table.contains(text.scalar(at: index, to: next), inSet: set) ? next : nil
  }
}

extension RawSpan {
  func endOfCharacter(at index: Int, limit: Int) -> Int {
    var next = index + 1
    while next < limit, byte(at: next).isUTF8Continuation { next += 1 }
    return next
  }

  /// The code point of a character; of bytes that are none, U+FFFD.
  func scalar(at start: Int, to end: Int) -> UInt32 {
    var decoder = UTF8()
    var bytes = (start..<min(end, start + 4)).map { byte(at: $0) }.makeIterator()
    if case .scalarValue(let scalar) = decoder.decode(&bytes) { return scalar.value }
    return 0xFFFD
  }
}
