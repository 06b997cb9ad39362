/// The last path, to see what the next one shares with it.
struct PathMemory: ~Copyable {
  /// Eight bytes each, zeros after the end.
  private var words = SmallStack<UInt64>()
  private var count = 0

  /// Takes the next path and returns how many bytes it begins with in common.
  @inline(__always)
  mutating func replace(by path: RawSpan) -> Int {
    let end = path.byteCount
    let limit = min(end, count)
    var shared = limit
    var (place, index) = (0, 0)
    while place < end {
      let word = path.word(from: place, to: min(place &+ 8, end))
      if index == words.count { words.append(0) }
      let difference = word ^ words[index]
      if difference != 0 {
        shared = min(shared, place &+ difference.trailingZeroBitCount / 8)
        words[index] = word
      }
      place &+= 8
      index &+= 1
    }
    count = end
    return shared
  }
}
