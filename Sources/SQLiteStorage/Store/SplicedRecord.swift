#if SQLite
import KoalrDomain
import KoalrStorage

/// A record whose parts are entries of its map, so that those of a newer value are put among the stored bytes without decoding either.
///
/// What a conformance says of its type: ``StoredRecord/take(_:from:)`` takes over the property of that key for a part that is named
/// here, and every other property for `whole`; no stored property is made from two values.
protocol SplicedRecord: StoredRecord, DirectlyCoded {
  /// The parts with their keys, in the order in which they are encoded, behind all other entries.
  static var partKeys: [(part: RecordPart.Name, key: StaticString)] { get }
}

extension Change: SplicedRecord {
  static let partKeys: [(part: RecordPart.Name, key: StaticString)] = [
    (.labels, "labels"), (.files, "files"), (.reviews, "reviews"), (.comments, "comments"), (.checks, "checks"),
  ]
}

extension SplicedRecord {
  /// Returns the bytes of a stored value once parts of a newer one are taken over, or `nil` when either does not lie as it is
  /// encoded today, and the general way has to look at it.
  static func splice(
    _ stored: UnsafeRawBufferPointer, taking parts: [RecordPart.Name], from newer: UnsafeRawBufferPointer
  ) -> [UInt8]? {
    let (old, new) = (RecordBytes(stored), RecordBytes(newer))
    guard let oldEntries = try? old.entries(endingWith: partKeys), let newEntries = try? new.entries(endingWith: partKeys) else {
      return nil
    }
    var spliced = Splice(room: stored.count + newer.count)
    let takesWhole = parts.contains(.whole)
    spliced.add(takesWhole ? newEntries.whole : oldEntries.whole, of: takesWhole ? newer : stored)
    for index in partKeys.indices {
      let takes = parts.contains(partKeys[index].part)
      spliced.add(takes ? newEntries.parts[index] : oldEntries.parts[index], of: takes ? newer : stored)
    }
    return spliced.bytes
  }
}

/// Where some entries of a map lie, and how many they are.
private struct EntryRange {
  var start = 0
  var end = 0
  var count = 0
}

/// A map in the making, of entries of other maps.
private struct Splice {
  private var body: [UInt8] = []
  private var count = 0

  init(room: Int) { body.reserveCapacity(room) }

  mutating func add(_ entries: EntryRange, of bytes: UnsafeRawBufferPointer) {
    body.append(contentsOf: bytes[entries.start..<entries.end])
    count += entries.count
  }

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(body.count + 3)
    bytes.appendHead(.map, UInt64(count))
    bytes += body
    return bytes
  }
}

extension RecordBytes {
  /// Finds the entries of the outermost map, whose last ones are parts in their order.
  fileprivate func entries(
    endingWith keys: [(part: RecordPart.Name, key: StaticString)]
  ) throws(RecordFault) -> (whole: EntryRange, parts: [EntryRange]) {
    var offset = 0
    let map = try head(at: &offset)
    guard map.kind == .map else { throw map.mismatch }
    var (whole, parts, next) = (EntryRange(start: offset, end: offset), [EntryRange](), 0)
    parts = Array(repeating: EntryRange(), count: keys.count)
    for _ in 0..<(try length(map, at: offset)) {
      let start = offset
      let index = keys.indices.first { hasKey(keys[$0].key, at: start) }
      try skip(from: &offset)
      try skip(from: &offset)
      if let index {
        guard index >= next else { throw .outOfOrder }
        parts[index] = EntryRange(start: start, end: offset, count: 1)
        next = index + 1
      } else {
        guard next == 0 else { throw .outOfOrder }
        whole.end = offset
        whole.count += 1
      }
    }
    guard offset == count else { throw .outOfOrder }
    return (whole, parts)
  }
}
#endif
