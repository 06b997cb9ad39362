// The one file with unsafe pointers. Arrays and spans do the same, but an array that is reached through another value is retained and
// released by every lookup, which costs more than the lookup.

/// Values that do not change any more, read without counting references.
///
/// Why it is sound: `base` points to `count` initialised values from `init` until `deallocate`, every place is checked against
/// `count`, nothing writes, and only the `deinit` of the matcher that holds it calls `deallocate`, when nobody can ask any more.
struct Frozen<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private let base: UnsafePointer<Element>
  /// Never negative, so one comparison without signs checks a place.
  let count: Int

  init(_ values: [Element]) {
    let room = UnsafeMutableBufferPointer<Element>.allocate(capacity: values.count)
    count = room.initialize(fromContentsOf: values)
    base = UnsafePointer(room.baseAddress ?? UnsafeMutablePointer.allocate(capacity: 1))
  }

  subscript(place: Int) -> Element {
    @inline(__always) get {
      precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "The place lies outside of the values.")
      return base[place]
    }
  }

  /// Ends the life of the values, and of every copy of this.
  func deallocate() { base.deallocate() }
}

extension Frozen: ByteSource where Element == UInt8 {
  @inline(__always)
  var byteCount: Int { count }

  @inline(__always)
  func load<Number: BitwiseCopyable>(at place: Int, as: Number.Type) -> Number {
    precondition(UInt(bitPattern: place) < places(of: Number.self), "The number lies outside of the bytes.")
    return UnsafeRawPointer(base).loadUnaligned(fromByteOffset: place, as: Number.self)
  }
}

/// Why it is sound: every place is checked as the span would check it, only with one comparison instead of two, and callers ask for
/// numbers and vectors of them, which any bytes are.
extension RawSpan: ByteSource {
  @inline(__always)
  func load<Number: BitwiseCopyable>(at place: Int, as: Number.Type) -> Number {
    precondition(UInt(bitPattern: place) < places(of: Number.self), "The number lies outside of the bytes.")
    return unsafeLoadUnaligned(fromUncheckedByteOffset: place, as: Number.self)
  }
}

/// A list that lives on the stack as long as it is short.
///
/// Why it is sound: the first `count` places of `room` are initialised, and every place is checked against `count`. The room is either
/// the caller's for the time of `withRoom` or `withTwo`, whose stacks do not leave it (they cannot be copied, and what is made of them is gone when
/// it returns), or this stack's own, which only `deinit` and `grow` free.
struct SmallStack<Element: BitwiseCopyable>: ~Copyable {
  private var room: UnsafeMutableBufferPointer<Element>
  private var isOwned: Bool
  /// Never negative, as above.
  private(set) var count = 0

  /// Makes a stack that takes room of its own when it is first used.
  init() { self.init(UnsafeMutableBufferPointer(start: nil, count: 0), isOwned: false) }

  private init(_ room: UnsafeMutableBufferPointer<Element>, isOwned: Bool) {
    self.room = room
    self.isOwned = isOwned
  }

  deinit { if isOwned { room.deallocate() } }

  subscript(place: Int) -> Element {
    @inline(__always) get {
      precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "The place lies outside of the stack.")
      return room[place]
    }
    @inline(__always) set {
      precondition(UInt(bitPattern: place) < UInt(bitPattern: count), "The place lies outside of the stack.")
      room[place] = newValue
    }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == room.count { grow() }
    room.initializeElement(at: count, to: element)
    count &+= 1
  }

  /// Removes what lies above.
  @inline(__always)
  mutating func truncate(to count: Int) {
    precondition(count >= 0 && count <= self.count, "A stack cannot be cut to more than it has.")
    self.count = count
  }

  /// Removes what lies below a place.
  @inline(never)
  mutating func removeBottom(_ place: Int) {
    precondition(place >= 0 && place <= count, "A stack cannot lose more than it has.")
    count &-= place
    for index in 0..<count { room[index] = room[index &+ place] }
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(64, room.count * 2))
    _ = larger.update(fromContentsOf: room[..<count])
    if isOwned { room.deallocate() }
    (room, isOwned) = (larger, true)
  }

  /// Lends an empty stack with room for 48 values.
  @inline(__always)
  static func withRoom<Result>(_ body: (consuming Self) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: Element.self, capacity: 48) { room in body(Self(room, isOwned: false)) }
  }

  /// Lends two empty stacks with room for 48 values each.
  @inline(__always)
  static func withTwo<Result>(_ body: (consuming Self, consuming Self) -> Result) -> Result {
    withUnsafeTemporaryAllocation(of: Element.self, capacity: 96) { room in
      body(
        Self(UnsafeMutableBufferPointer(rebasing: room[..<48]), isOwned: false),
        Self(UnsafeMutableBufferPointer(rebasing: room[48...]), isOwned: false))
    }
  }
}

/// An object that is used without counting the reference.
///
/// Why it is sound: whoever holds this holds the object, too, by an ordinary reference that lives as long, and an object that is
/// `Sendable` may be read from anywhere.
struct Lent<Object: AnyObject & Sendable>: @unchecked Sendable {
  private let object: Unmanaged<Object>

  init(_ object: Object) { self.object = .passUnretained(object) }

  @inline(__always)
  func use<Result>(_ body: (Object) -> Result) -> Result { object._withUnsafeGuaranteedRef(body) }
}

extension String {
  /// Lends the bytes of the text.
  @inline(__always)
  func withBytes<Result>(_ body: (RawSpan) -> Result) -> Result {
    let result = utf8.withContiguousStorageIfAvailable { body($0.span.bytes) }
    if let result { return result }
    // A string of another language has no bytes to lend.
    return body(Array(utf8).span.bytes)
  }

  /// Lends the bytes of the text and of another one; one in the other, `withBytes` would retain both.
  @inline(__always)
  func withBytes<Result>(and other: String, _ body: (RawSpan, RawSpan) -> Result) -> Result {
    let result = utf8.withContiguousStorageIfAvailable { mine in
      other.utf8.withContiguousStorageIfAvailable { body(mine.span.bytes, $0.span.bytes) }
    }
    if let result, let result { return result }
    return body(Array(utf8).span.bytes, Array(other.utf8).span.bytes)
  }
}
