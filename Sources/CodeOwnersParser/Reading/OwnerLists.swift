/// The distinct lists of owners of a file: most rules name the same few.
struct OwnerLists: Sendable {
  private var lists: [[Owner]] = [[]]
  /// Where each list was first read.
  private var places: [ByteRange] = [.empty]
  /// Lists by the hash of their text.
  private var slots = [Slot](repeating: Slot(), count: 64)
  private let seed = UInt64(bitPattern: Int64(Hasher().finalize()))

  private struct Slot: BitwiseCopyable {
    var tag: UInt32 = 0
    /// 0 is free, as no text names nobody.
    var list: Int32 = 0
  }

  /// The list that names nobody.
  static let nobody: Int32 = 0

  subscript(number: Int32) -> [Owner] { lists[Int(number)] }

  /// Makes room for as many lists; none may be there yet.
  mutating func reserve(_ count: Int) {
    lists.reserveCapacity(count)
    places.reserveCapacity(count)
    slots = Array(repeating: Slot(), count: 1 << (Int.bitWidth - max(count * 2, 64).leadingZeroBitCount))
  }

  /// Where a list is written, to be found by.
  struct Text {
    fileprivate let range: Range<Int>
    fileprivate let hash: UInt64
  }

  /// Returns what finds the list that is written in a range.
  func text(_ range: Range<Int>, of bytes: [UInt8]) -> Text {
    Text(range: range, hash: bytes.span.bytes.hash(from: range.lowerBound, to: range.upperBound, seed: seed))
  }

  /// Returns the number of a list, or `nil` when this text was not seen before.
  func find(_ text: Text, in bytes: [UInt8]) -> Int32? {
    if text.range.isEmpty { return Self.nobody }
    let list = slots[place(of: text, bytes)].list
    return list == 0 ? nil : list
  }

  /// Adds a list that was read from a text not seen before.
  mutating func insert(_ owners: [Owner], _ text: Text, in bytes: [UInt8]) -> Int32 {
    guard !owners.isEmpty else { return Self.nobody }
    if lists.count * 2 > slots.count { grow(bytes) }
    put(Int32(lists.count), text, bytes)
    lists.append(owners)
    places.append(ByteRange(text.range))
    return Int32(lists.count - 1)
  }

  /// Adds a list that no text stands for.
  mutating func insert(_ owners: [Owner]) -> Int32 {
    guard !owners.isEmpty else { return Self.nobody }
    lists.append(owners)
    places.append(.empty)
    return Int32(lists.count - 1)
  }

  private func place(of text: Text, _ bytes: [UInt8]) -> Int {
    var place = Int(truncatingIfNeeded: text.hash >> 32) & (slots.count - 1)
    while slots[place].list != 0 {
      let slot = slots[place]
      if slot.tag == UInt32(truncatingIfNeeded: text.hash), isSame(places[Int(slot.list)].range, text.range, bytes) { break }
      place = (place + 1) & (slots.count - 1)
    }
    return place
  }

  private func isSame(_ known: Range<Int>, _ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
    known.count == range.count
      && bytes.span.bytes.equals(from: known.lowerBound, bytes.span.bytes, from: range.lowerBound, count: range.count)
  }

  private mutating func put(_ list: Int32, _ text: Text, _ bytes: [UInt8]) {
    slots[place(of: text, bytes)] = Slot(tag: UInt32(truncatingIfNeeded: text.hash), list: list)
  }

  private mutating func grow(_ bytes: [UInt8]) {
    slots = Array(repeating: Slot(), count: slots.count * 4)
    for list in 1..<lists.count where !places[list].isEmpty { put(Int32(list), text(places[list].range, of: bytes), bytes) }
  }
}
