/// A sorted set in chunks of a few hundred elements: inserting, removing and finding a place cost about the same at any size.
struct SortedChunks<Element: Comparable> {
  private var chunks: [[Element]] = []
  private(set) var count = 0

  private static var splitSize: Int { 512 }

  /// A place in the set; valid until the next change.
  struct Position: Equatable {
    fileprivate var chunk: Int
    fileprivate var offset: Int
  }

  /// Adds an element that is not there yet.
  mutating func insert(_ element: Element) {
    count += 1
    guard !chunks.isEmpty else {
      chunks.append([element])
      return
    }
    let chunk = min(chunkIndex { $0 < element }, chunks.count - 1)
    chunks[chunk].insert(element, at: Self.partition(chunks[chunk]) { $0 < element })
    if chunks[chunk].count > Self.splitSize { split(chunk) }
  }

  /// Removes an element; nothing happens when it is not there.
  mutating func remove(_ element: Element) {
    let position = firstPosition { $0 < element }
    guard position != end, self[position] == element else { return }
    count -= 1
    chunks[position.chunk].remove(at: position.offset)
    if chunks[position.chunk].isEmpty { chunks.remove(at: position.chunk) }
  }

  /// Removes and returns the first element, if `condition` holds for it.
  mutating func popFirst(where condition: (Element) -> Bool = { _ in true }) -> Element? {
    guard let first = chunks.first?.first, condition(first) else { return nil }
    remove(first)
    return first
  }

  private mutating func split(_ chunk: Int) {
    let half = chunks[chunk].count / 2
    let tail = Array(chunks[chunk][half...])
    chunks[chunk].removeSubrange(half...)
    chunks.insert(tail, at: chunk + 1)
  }

  // MARK: Reading

  var start: Position { Position(chunk: 0, offset: 0) }
  var end: Position { Position(chunk: chunks.count, offset: 0) }

  subscript(position: Position) -> Element { chunks[position.chunk][position.offset] }

  /// Returns the first place whose element is not `before`, which must hold for a beginning of the order and no more.
  func firstPosition(after before: (Element) -> Bool) -> Position {
    let chunk = chunkIndex(before)
    guard chunk < chunks.count else { return end }
    return Position(chunk: chunk, offset: Self.partition(chunks[chunk], before))
  }

  func position(after position: Position) -> Position {
    position.offset + 1 < chunks[position.chunk].count
      ? Position(chunk: position.chunk, offset: position.offset + 1) : Position(chunk: position.chunk + 1, offset: 0)
  }

  /// The place before another one, which must not be the start.
  func position(before position: Position) -> Position {
    position.offset > 0
      ? Position(chunk: position.chunk, offset: position.offset - 1)
      : Position(chunk: position.chunk - 1, offset: chunks[position.chunk - 1].count - 1)
  }

  /// Returns the number of elements between two places.
  func distance(from start: Position, to end: Position) -> Int {
    guard start.chunk < end.chunk else { return start.chunk == end.chunk ? end.offset - start.offset : 0 }
    let between = chunks[(start.chunk + 1)..<end.chunk].reduce(0) { $0 + $1.count }
    return chunks[start.chunk].count - start.offset + between + end.offset
  }

  /// The first chunk whose last element is not `before`.
  private func chunkIndex(_ before: (Element) -> Bool) -> Int {
    Self.partition(chunks) { chunk in chunk.last.map(before) ?? true }
  }

  private static func partition<Item>(_ items: [Item], _ isBefore: (Item) -> Bool) -> Int {
    var (low, high) = (0, items.count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(items[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
