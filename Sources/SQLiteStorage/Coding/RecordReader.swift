import KoalrDomain

/// What one call of ``RecordCoder/decode(_:from:)-(_,UnsafeRawBufferPointer)`` works on: the bytes and what was learned about them.
///
/// Decoders and containers hold it, and a place in it. One that outlives the call finds no bytes and throws.
final class RecordReader {
  private struct State {
    var bytes: RecordBytes
    /// The keys of all maps that were opened, map after map.
    var entries: ContiguousArray<RecordEntry> = []
    /// The entry that synthesised code asks for next, if it reads in the order in which it wrote.
    var expected = 0
    /// The map that was measured last, so that nobody has to measure it again.
    var measured = (start: -1, end: -1)
    /// The end of the first map, once it was opened.
    var rootEnd: Int?
    var depth = 0
  }

  private let state: UnguardedState<State>

  var bytes: RecordBytes { state.pointee.bytes }

  init(_ buffer: UnsafeRawBufferPointer) throws {
    guard buffer.count <= Int(UInt32.max) else {
      let sentence = "A stored record of 4 GiB or more is not read; it has \(buffer.count) bytes."
      throw DecodingError.dataCorrupted(DecodingError.Context(codingPath: [], debugDescription: sentence))
    }
    state = UnguardedState.make(State(bytes: RecordBytes(buffer)))
    // A record of Koalr has an entry for every twenty bytes or so.
    state.pointee.entries.reserveCapacity(buffer.count / 16)
  }

  deinit { state.destroy() }

  /// Lets go of the bytes: they are somebody else's.
  func close() { state.pointee.bytes = .empty }

  /// Makes sure that nothing follows the value that was read.
  func checkEnd() throws {
    guard try state.pointee.rootEnd ?? end(of: 0) != bytes.count else { return }
    let sentence = "The stored bytes go on after the end of the value."
    throw DecodingError.dataCorrupted(DecodingError.Context(codingPath: [], debugDescription: sentence))
  }
}

/// A key of a map: where its text lies, and where its value does.
struct RecordEntry {
  /// The length of a key that is not text, and so is never looked for.
  static let noText = UInt32.max
  var key: UInt32
  var length: UInt32
  var value: UInt32

  @inline(__always)
  func hasKey(_ name: UnsafeBufferPointer<UInt8>, in bytes: RecordBytes) -> Bool {
    Int(length) == name.count && bytes.matches(name, at: Int(key))
  }
}

extension RecordBytes {
  /// Finds the keys of a map, and returns its end.
  @inline(__always)
  fileprivate func addEntries(ofMapAt start: Int, to entries: inout ContiguousArray<RecordEntry>) throws(RecordFault) -> Int {
    var offset = start
    let head = try head(at: &offset)
    guard head.kind == .map else { throw head.mismatch }
    for _ in 0..<(try length(head, at: offset)) { entries.append(try entry(at: &offset)) }
    return offset
  }

  @inline(__always)
  private func entry(at offset: inout Int) throws(RecordFault) -> RecordEntry {
    var entry = RecordEntry(key: 0, length: RecordEntry.noText, value: 0)
    let start = offset
    let head = try head(at: &offset)
    if head.kind == .text {
      let length = try length(head, at: offset)
      entry.key = UInt32(truncatingIfNeeded: offset)
      entry.length = UInt32(truncatingIfNeeded: length)
      offset += length
    } else {
      offset = start
      try skip(from: &offset)
    }
    entry.value = UInt32(truncatingIfNeeded: offset)
    try skip(from: &offset)
    return entry
  }
}

/// A map that was opened: where it lies, and which entries are its own.
struct RecordMap {
  let start: Int
  let first: Int
  let end: Int
}

// MARK: - Values

extension RecordReader {
  /// Reads a value without others in it.
  @inline(__always)
  func scalar<Value: RecordScalar>(_ type: Value.Type, at offset: inout Int) throws -> Value {
    let (start, bytes) = (offset, bytes)
    do throws(RecordFault) {
      return try Value.read(bytes, at: &offset)
    } catch {
      throw error.decodingError(reading: type, at: bytes.path(to: start))
    }
  }

  /// Reads any value.
  func value<Value: Decodable>(_ type: Value.Type, at start: Int) throws -> Value {
    var offset = start
    if type == Date.self { return retyped(try scalar(Date.self, at: &offset), as: type) }
    if type == Data.self { return retyped(try scalar(Data.self, at: &offset), as: type) }
    guard state.pointee.depth < RecordCoder.maximumDepth else {
      let sentence = "The stored value has more than \(RecordCoder.maximumDepth) levels."
      throw DecodingError.dataCorrupted(DecodingError.Context(codingPath: bytes.path(to: start), debugDescription: sentence))
    }
    let outer = state.pointee.expected
    state.pointee.depth += 1
    defer {
      state.pointee.depth -= 1
      state.pointee.expected = outer
    }
    return try Value(from: RecordDecoder(reader: self, start: start))
  }

  func scalar<Value: RecordScalar>(_ type: Value.Type, _ name: String, in map: RecordMap) throws -> Value? {
    guard var offset = find(name, in: map), try !isNull(at: offset) else { return nil }
    return try scalar(type, at: &offset)
  }

  @inline(__always)
  func isNull(at start: Int) throws -> Bool {
    var offset = start
    return try head(at: &offset).isNull
  }

  /// Reads the head of an item.
  @inline(__always)
  func head(at offset: inout Int) throws -> RecordHead {
    let (start, bytes) = (offset, bytes)
    do throws(RecordFault) {
      return try bytes.head(at: &offset)
    } catch {
      throw error.decodingError(reading: Any.self, at: bytes.path(to: start))
    }
  }

  /// Returns the place behind the item at `start`.
  func end(of start: Int) throws -> Int {
    if state.pointee.measured.start == start { return state.pointee.measured.end }
    let bytes = bytes
    do throws(RecordFault) {
      var offset = start
      try bytes.skip(from: &offset)
      return offset
    } catch {
      throw error.decodingError(reading: Any.self, at: bytes.path(to: start))
    }
  }
}

// MARK: - Containers

extension RecordReader {
  /// Finds the keys of the map at `start`.
  func map(at start: Int) throws -> RecordMap {
    let (first, bytes) = (state.pointee.entries.count, bytes)
    do throws(RecordFault) {
      state.pointee.measured = (start, try bytes.addEntries(ofMapAt: start, to: &state.pointee.entries))
    } catch {
      throw error.decodingError(reading: [String: Any].self, at: bytes.path(to: start))
    }
    if start == 0 { state.pointee.rootEnd = state.pointee.measured.end }
    state.pointee.expected = first
    return RecordMap(start: start, first: first, end: state.pointee.entries.count)
  }

  /// Returns the count of the array at `start`, and where its first element lies.
  func array(at start: Int) throws -> (count: Int, first: Int) {
    do throws(RecordFault) {
      var offset = start
      let head = try bytes.head(at: &offset)
      guard head.kind == .array else { throw head.mismatch }
      return (try bytes.length(head, at: offset), offset)
    } catch {
      throw error.decodingError(reading: [Any].self, at: bytes.path(to: start))
    }
  }

  /// Returns where the value of a key lies.
  func find(_ name: String, in map: RecordMap) -> Int? {
    var name = name
    return name.withUTF8 { key in
      let (bytes, expected) = (bytes, state.pointee.expected)
      if map.first <= expected, expected < map.end, state.pointee.entries[expected].hasKey(key, in: bytes) {
        state.pointee.expected = expected + 1
        return Int(state.pointee.entries[expected].value)
      }
      var index = map.first
      while index < map.end {
        guard !state.pointee.entries[index].hasKey(key, in: bytes) else {
          state.pointee.expected = index + 1
          return Int(state.pointee.entries[index].value)
        }
        index += 1
      }
      return nil
    }
  }

  /// Returns the keys of a map that are text.
  func keys(in map: RecordMap) -> [String] {
    state.pointee.entries[map.first..<map.end].compactMap { entry in
      guard entry.length != RecordEntry.noText else { return nil }
      return try? bytes.text(at: Int(entry.key), length: Int(entry.length))
    }
  }
}
