import KoalrDomain

/// The bytes of one value in the making.
///
/// Everything is written straight to its place: a container grows its own head by one for each entry, in place. What may be
/// written later (a nested container, a super encoder) gets a writer of its own and a null that marks its place; ``finish(into:)``
/// puts the one in the place of the other.
final class RecordWriter {
  private struct State {
    var bytes: [UInt8] = []
    /// Where the innermost value begins that is being written. Only its containers may write.
    var open = 0
    var depth: Int
  }

  private let state: UnguardedState<State>
  /// What has to be put in later, in the order of places.
  private var deferred: [RecordWriter] = []
  /// The first failure of a call that may not throw.
  private var failure: EncodingError?
  /// The writer that this one will be put into, and the place there.
  private weak var parent: RecordWriter?
  private var place = 0

  init() {
    state = UnguardedState.make(State(depth: 0))
    state.pointee.bytes.reserveCapacity(512)
  }

  deinit { state.destroy() }

  private init(in parent: RecordWriter) {
    state = UnguardedState.make(State(depth: parent.state.pointee.depth + 1))
    self.parent = parent
    place = parent.state.pointee.bytes.count
  }

  /// Writes any value.
  func write<Value: Encodable>(_ value: Value) throws {
    if Value.self == Date.self { return retyped(value, as: Date.self).write(to: &state.pointee.bytes) }
    if Value.self == Data.self { return retyped(value, as: Data.self).write(to: &state.pointee.bytes) }
    guard state.pointee.depth < RecordCoder.maximumDepth else { throw tooDeep() }
    let (outer, start) = (state.pointee.open, state.pointee.bytes.count)
    state.pointee.open = start
    state.pointee.depth += 1
    defer {
      state.pointee.open = outer
      state.pointee.depth -= 1
    }
    try value.encode(to: RecordEncoder(writer: self, start: start))
    if state.pointee.bytes.count == start { state.pointee.bytes.append(RecordHead.emptyMap) }
  }

  /// Returns the way to the value that begins at a place.
  func path(to place: Int) -> [any CodingKey] {
    let path = state.pointee.bytes.withUnsafeBytes { RecordBytes($0).path(to: place) }
    return (parent?.path(to: self.place) ?? []) + path
  }

  /// Appends the whole to `target`.
  func finish(into target: inout [UInt8]) throws {
    try checkFailures()
    if target.isEmpty, deferred.isEmpty { return swap(&target, &state.pointee.bytes) }
    append(to: &target)
  }

  private func checkFailures() throws {
    if let failure { throw failure }
    for writer in deferred { try writer.checkFailures() }
  }

  private func append(to target: inout [UInt8]) {
    var done = 0
    for writer in deferred {
      target.append(contentsOf: state.pointee.bytes[done..<writer.place])
      writer.append(to: &target)
      done = writer.place + 1
    }
    target.append(contentsOf: state.pointee.bytes[done...])
    if state.pointee.bytes.isEmpty { target.append(RecordHead.emptyMap) }
  }
}

// MARK: - Containers

extension RecordWriter {
  /// Writes a value without others in it.
  @inline(__always)
  func put(_ value: some RecordScalar) { value.write(to: &state.pointee.bytes) }

  /// Writes null.
  @inline(__always)
  func putNull() { state.pointee.bytes.append(RecordHead.null) }

  /// Begins a container at `start`, or goes on with the one that is there.
  func openContainer(_ empty: UInt8, at start: Int) -> (writer: RecordWriter, start: Int) {
    if isUntouched(at: start) { state.pointee.bytes.append(empty) }
    guard state.pointee.open == start, state.pointee.bytes[start] >> 5 == empty >> 5 else {
      return astray(empty, outOfTurn(at: start))
    }
    return (self, start)
  }

  /// Whether the value at `start` is the one being written, and nothing of it is there yet.
  @inline(__always)
  func isUntouched(at start: Int) -> Bool { state.pointee.open == start && state.pointee.bytes.count == start }

  /// The number of entries of the container at `start`.
  func count(at start: Int) -> Int {
    state.pointee.bytes.withUnsafeBytes { raw in
      var offset = start
      return (try? RecordBytes(raw).head(at: &offset)).map { Int(truncatingIfNeeded: $0.argument) } ?? 0
    }
  }

  /// Begins one more entry of the container at `start`: counts it, and writes its key in a map. Its value has to follow.
  @inline(__always)
  func beginEntry(_ key: String?, at start: Int) throws {
    guard state.pointee.open == start else { throw outOfTurn(at: start) }
    if state.pointee.bytes[start] & 0x1F < 23 {
      state.pointee.bytes[start] += 1
    } else {
      setCount(count(at: start) + 1, at: start)
    }
    if let key { state.pointee.bytes.appendText(key) }
  }

  /// Writes an entry of the container at `start`, and takes it back when its value throws.
  func writeEntry<Value: Encodable>(_ key: String?, _ value: Value, at start: Int) throws {
    try beginEntry(key, at: start)
    let valueStart = state.pointee.bytes.count
    do {
      try write(value)
    } catch {
      state.pointee.bytes.removeSubrange((valueStart - (key.map { encodedLength(of: $0) } ?? 0))...)
      deferred.removeAll { $0.place >= state.pointee.bytes.count }
      setCount(count(at: start) - 1, at: start)
      throw error
    }
  }

  /// Begins an entry whose value is written later.
  func later(_ key: String?, at start: Int) -> RecordWriter {
    guard state.pointee.depth < RecordCoder.maximumDepth else { return astray(nil, tooDeep()).writer }
    guard (try? beginEntry(key, at: start)) != nil else { return astray(nil, outOfTurn(at: start)).writer }
    let writer = RecordWriter(in: self)
    deferred.append(writer)
    state.pointee.bytes.append(RecordHead.null)
    return writer
  }

  private func encodedLength(of key: String) -> Int {
    var text: [UInt8] = []
    text.appendText(key)
    return text.count
  }

  /// Writes a count in place, which moves what follows when the head becomes longer or shorter.
  private func setCount(_ count: Int, at start: Int) {
    var head: [UInt8] = []
    head.appendHead(RecordHead(initial: state.pointee.bytes[start], argument: 0).kind, UInt64(count))
    var end = start
    let old = state.pointee.bytes.withUnsafeBytes { raw in (try? RecordBytes(raw).head(at: &end)) == nil ? 1 : end - start }
    state.pointee.bytes.replaceSubrange(start..<start + old, with: head)
    for writer in deferred where writer.place > start { writer.place += head.count - old }
  }
}

// MARK: - Mistakes of a value

extension RecordWriter {
  /// Makes the whole fail, and returns a writer whose bytes go nowhere, for a call that may not throw itself.
  @inline(never)
  private func astray(_ container: UInt8?, _ reason: EncodingError) -> (writer: RecordWriter, start: Int) {
    failure = failure ?? reason
    let writer = RecordWriter(in: self)
    if let container { writer.state.pointee.bytes.append(container) }
    return (writer, 0)
  }

  @inline(never)
  func outOfTurn(at start: Int) -> EncodingError {
    let sentence = """
      A value can write to one kind of container, and only while no value inside it is being written. \
      Look at the encode(to:) of the type at this place.
      """
    return invalid(at: start, sentence)
  }

  @inline(never)
  private func tooDeep() -> EncodingError {
    invalid(at: state.pointee.bytes.count, "A stored value can have \(RecordCoder.maximumDepth) levels; this one has more.")
  }

  private func invalid(at place: Int, _ sentence: String) -> EncodingError {
    let context = EncodingError.Context(codingPath: path(to: place), debugDescription: sentence)
    return EncodingError.invalidValue(Any?.none as Any, context)
  }
}
