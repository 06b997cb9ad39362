/// The distinct lists of owners of a file: most rules name the same few.
struct OwnerLists: Sendable {
  private var lists: [[Owner]] = [[]]
  /// Where each list was first read.
  private var places: [ByteRange] = [.empty]
  /// Numbers of lists by the hash of their text; 0 is free.
  private var slots = [Int32](repeating: 0, count: 64)
  private let seed = UInt64(bitPattern: Int64(Hasher().finalize()))

  /// The list that names nobody.
  static let nobody: Int32 = 0

  subscript(number: Int32) -> [Owner] { lists[Int(number)] }

  /// Returns the number of a list, or `nil` when this text was not seen before.
  func find(_ text: Range<Int>, in bytes: [UInt8]) -> Int32? {
    if text.isEmpty { return Self.nobody }
    let number = slots[slot(text, bytes)]
    return number == 0 ? nil : number
  }

  /// Adds a list that was read from a text not seen before.
  mutating func insert(_ owners: [Owner], _ text: Range<Int>, in bytes: [UInt8]) -> Int32 {
    guard !owners.isEmpty else { return Self.nobody }
    if lists.count * 2 > slots.count { grow(bytes) }
    slots[slot(text, bytes)] = Int32(lists.count)
    lists.append(owners)
    places.append(ByteRange(text))
    return Int32(lists.count - 1)
  }

  /// Adds a list that no text stands for.
  mutating func insert(_ owners: [Owner]) -> Int32 {
    guard !owners.isEmpty else { return Self.nobody }
    lists.append(owners)
    places.append(.empty)
    return Int32(lists.count - 1)
  }

  private func slot(_ text: Range<Int>, _ bytes: [UInt8]) -> Int {
    let span = bytes.span.bytes
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: span.hash(from: text.lowerBound, to: text.upperBound, seed: seed)) & mask
    while slots[slot] != 0, !isSame(places[Int(slots[slot])].range, text, span) { slot = (slot + 1) & mask }
    return slot
  }

  private func isSame(_ known: Range<Int>, _ text: Range<Int>, _ bytes: RawSpan) -> Bool {
    known.count == text.count && bytes.equals(from: known.lowerBound, bytes, from: text.lowerBound, count: text.count)
  }

  private mutating func grow(_ bytes: [UInt8]) {
    slots = Array(repeating: 0, count: slots.count * 4)
    for number in 1..<lists.count where !places[number].isEmpty { slots[slot(places[number].range, bytes)] = Int32(number) }
  }
}
