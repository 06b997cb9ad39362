import KoalrDomain

/// Outside bytes, and the only file of the coder that touches memory by address.
///
/// Why it is safe: `base` points to `count` readable bytes for as long as the value is used, because ``RecordCoder`` makes it from
/// a buffer that its caller keeps alive during the call, and the reader swaps it for an empty one before that call returns. Every
/// read below compares its offset and length with `count` first, in a form that cannot overflow.
struct RecordBytes {
  private let base: UnsafeRawPointer?
  let count: Int

  init(_ buffer: UnsafeRawBufferPointer) {
    base = buffer.baseAddress
    count = buffer.baseAddress == nil ? 0 : buffer.count
  }

  static var empty: RecordBytes { RecordBytes(UnsafeRawBufferPointer(start: nil, count: 0)) }

  /// Returns the big-endian number of `width` bytes (1, 2, 4 or 8) at an offset.
  @inline(__always)
  func number(at offset: Int, width: Int) throws(RecordFault) -> UInt64 {
    guard let base, offset >= 0, offset <= count, width <= count - offset else { throw .truncated }
    switch width {
    case 1: return UInt64(base.load(fromByteOffset: offset, as: UInt8.self))
    case 2: return UInt64(UInt16(bigEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt16.self)))
    case 4: return UInt64(UInt32(bigEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    default: return UInt64(bigEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
  }

  /// Returns a part, as a buffer that must not outlive the expression it is used in.
  @inline(__always)
  private func part(_ offset: Int, _ length: Int) throws(RecordFault) -> UnsafeBufferPointer<UInt8> {
    guard let base, offset >= 0, offset <= count, length >= 0, length <= count - offset else { throw .truncated }
    return UnsafeBufferPointer(start: (base + offset).assumingMemoryBound(to: UInt8.self), count: length)
  }

  /// Returns `length` bytes as text.
  ///
  /// The initialiser that repairs is the faster one (6.3: it is not generic inside), and right where nothing can need repair.
  @inline(__always)
  func text(at offset: Int, length: Int) throws(RecordFault) -> String {
    let part = try part(offset, length)
    if Self.isASCII(UnsafeRawBufferPointer(part)) { return String(decoding: part, as: UTF8.self) }
    guard let text = String(validating: part, as: UTF8.self) else { throw .notText }
    return text
  }

  @inline(__always)
  private static func isASCII(_ part: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index + 8 <= part.count {
      guard part.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 else { return false }
      index += 8
    }
    while index < part.count {
      guard part[index] < 0x80 else { return false }
      index += 1
    }
    return true
  }

  /// Returns a copy of `length` bytes.
  func data(at offset: Int, length: Int) throws(RecordFault) -> Data { Data(try part(offset, length)) }

  /// Whether the bytes at an offset are those of `other`. Keys are short: eight bytes at a time beat a call.
  @inline(__always)
  func matches(_ other: UnsafeBufferPointer<UInt8>, at offset: Int) -> Bool {
    guard let base, let otherBase = other.baseAddress, offset >= 0, offset <= count, other.count <= count - offset else {
      return other.isEmpty
    }
    let (left, right) = (base + offset, UnsafeRawPointer(otherBase))
    var index = 0
    while index + 8 <= other.count {
      let same =
        left.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        == right.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      guard same else { return false }
      index += 8
    }
    while index < other.count {
      guard left.load(fromByteOffset: index, as: UInt8.self) == other[index] else { return false }
      index += 1
    }
    return true
  }
}

extension RecordBytes {
  /// Whether a text with the shortest head lies at an offset, and is the one of a literal in the program.
  @inline(__always)
  func hasKey(_ key: StaticString, at offset: Int) -> Bool {
    key.withUTF8Buffer { name in
      guard let base, offset >= 0, offset < count, name.count < 24 else { return false }
      let head = RecordHead.Kind.text.rawValue << 5 | UInt8(truncatingIfNeeded: name.count)
      guard base.load(fromByteOffset: offset, as: UInt8.self) == head, name.count < count - offset else { return false }
      return matches(name, at: offset + 1)
    }
  }
}

/// Returns the same value under the name that generic code has for its type.
///
/// Why it is safe: the comparison proves that both names mean one type, so the bits are already those of a `Result`.
@inline(__always)
func retyped<Value, Result>(_ value: Value, as type: Result.Type) -> Result {
  precondition(Value.self == Result.self, "A value can only be given another name of its own type.")
  return unsafeBitCast(value, to: type)
}

/// A variable of a class without the check at run time that no two accesses overlap, which costs more than what it guards here.
///
/// Why it is safe: a reader or writer belongs to one call on one thread, and none of their methods calls anything of outside (a
/// type's `init(from:)`, `encode(to:)`) while it is in the middle of an access: they read or change a member and are done. The
/// memory is there from `make` to `destroy`, which the class that holds it calls in its `deinit` and nowhere else.
typealias UnguardedState<State> = UnsafeMutablePointer<State>

extension UnguardedState {
  static func make(_ state: Pointee) -> Self {
    let memory = Self.allocate(capacity: 1)
    memory.initialize(to: state)
    return memory
  }

  func destroy() {
    deinitialize(count: 1)
    deallocate()
  }
}
