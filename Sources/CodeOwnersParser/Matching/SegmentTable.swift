/// Numbers for the distinct fixed segments of a file's patterns, found by their bytes without making a key.
///
/// Hashing is seeded by the process (`Hasher`), so that a hostile file cannot be made to collide.
struct SegmentTable: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var hashes: [Int] = []
  /// Positions are hashes modulo the count, a power of two; -1 is free.
  private var slots: [Int32] = Array(repeating: -1, count: 64)

  /// Returns the number of a segment, which it may get now.
  mutating func insert(_ segment: UnsafeBufferPointer<UInt8>) -> Int32 {
    let hash = Self.hash(segment)
    let slot = slot(of: segment, hash)
    if slots[slot] >= 0 { return slots[slot] }
    let number = Int32(ends.count)
    bytes += segment
    ends.append(bytes.count)
    hashes.append(hash)
    slots[slot] = number
    if ends.count * 2 > slots.count { grow() }
    return number
  }

  /// Returns the number of a segment, or -1 when no pattern has it.
  func find(_ segment: UnsafeBufferPointer<UInt8>) -> Int32 { slots[slot(of: segment, Self.hash(segment))] }

  private func slot(of segment: UnsafeBufferPointer<UInt8>, _ hash: Int) -> Int {
    let mask = slots.count - 1
    var slot = hash & mask
    while slots[slot] >= 0, !isEqual(Int(slots[slot]), segment, hash) { slot = (slot + 1) & mask }
    return slot
  }

  private func isEqual(_ number: Int, _ segment: UnsafeBufferPointer<UInt8>, _ hash: Int) -> Bool {
    guard hashes[number] == hash else { return false }
    let start = number == 0 ? 0 : ends[number - 1]
    guard ends[number] - start == segment.count else { return false }
    for offset in 0..<segment.count where bytes[start + offset] != segment[offset] { return false }
    return true
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    let mask = slots.count - 1
    for (number, hash) in hashes.enumerated() {
      var slot = hash & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(number)
    }
  }

  private static func hash(_ segment: UnsafeBufferPointer<UInt8>) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(segment))
    return hasher.finalize()
  }
}
