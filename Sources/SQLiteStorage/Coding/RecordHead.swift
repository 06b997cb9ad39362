/// The head of a CBOR item: what it is, and its number or length (RFC 8949, section 3).
struct RecordHead {
  /// The major type.
  struct Kind: Equatable {
    let rawValue: UInt8
    static let unsigned = Kind(rawValue: 0)
    static let negative = Kind(rawValue: 1)
    static let bytes = Kind(rawValue: 2)
    static let text = Kind(rawValue: 3)
    static let array = Kind(rawValue: 4)
    static let map = Kind(rawValue: 5)
    static let tag = Kind(rawValue: 6)
    static let simple = Kind(rawValue: 7)

    /// What a person calls such an item.
    var noun: String {
      switch self {
      case .unsigned, .negative: "an integer"
      case .bytes: "a byte string"
      case .text: "text"
      case .array: "an array"
      case .map: "a map"
      case .tag: "a tagged value"
      default: "a float, a boolean, null or another simple value"
      }
    }
  }

  // Simple values and floats, as whole first bytes.
  static let no: UInt8 = 0xF4
  static let yes: UInt8 = 0xF5
  static let null: UInt8 = 0xF6
  static let undefined: UInt8 = 0xF7
  static let half: UInt8 = 0xF9
  static let float: UInt8 = 0xFA
  static let double: UInt8 = 0xFB
  static let emptyMap: UInt8 = 0xA0
  static let emptyArray: UInt8 = 0x80

  /// The first byte.
  let initial: UInt8
  /// The number that follows from the first byte or stands after it.
  let argument: UInt64

  /// The upper three bits.
  @inline(__always)
  var kind: Kind { Kind(rawValue: initial >> 5) }

  /// The lower five bits.
  @inline(__always)
  var information: UInt8 { initial & 0x1F }

  /// Null, or undefined, which reads as null.
  @inline(__always)
  var isNull: Bool { initial == Self.null || initial == Self.undefined }

  /// The fault of meeting this head where another kind is needed.
  var mismatch: RecordFault { isNull ? .null : .mismatch(kind) }
}

extension RecordBytes {
  /// Reads a head and moves on behind it.
  @inline(__always)
  func head(at offset: inout Int) throws(RecordFault) -> RecordHead {
    let initial = UInt8(truncatingIfNeeded: try number(at: offset, width: 1))
    offset += 1
    guard initial & 0x1F < 24 else { return try longHead(initial, at: &offset) }
    return RecordHead(initial: initial, argument: UInt64(initial & 0x1F))
  }

  /// Reads a head whose argument stands in the bytes after the first.
  private func longHead(_ initial: UInt8, at offset: inout Int) throws(RecordFault) -> RecordHead {
    let information = initial & 0x1F
    guard information < 28 else { throw information == 31 ? .indefinite : .malformed }
    let width = 1 << Int(information - 24)
    let argument = try number(at: offset, width: width)
    // The simple values below 32 have the short form only.
    if initial == 0xF8, argument < 32 { throw .malformed }
    offset += width
    return RecordHead(initial: initial, argument: argument)
  }

  /// Returns the length of a string or the count of a container, which cannot be more than the bytes that are left.
  @inline(__always)
  func length(_ head: RecordHead, at offset: Int) throws(RecordFault) -> Int {
    guard head.argument <= UInt64(count &- offset) else { throw .truncated }
    return Int(truncatingIfNeeded: head.argument)
  }

  /// Moves behind a whole item, however deep it is, without recursion.
  @inline(__always)
  func skip(from offset: inout Int) throws(RecordFault) {
    var pending = 1
    while pending > 0 {
      let head = try head(at: &offset)
      pending -= 1
      switch head.initial >> 5 {
      case 2, 3: offset += try length(head, at: offset)
      case 4: pending += try length(head, at: offset)
      case 5: pending += 2 * (try length(head, at: offset))
      case 6: pending += 1
      default: continue
      }
      // Each item needs a byte. This keeps the sum small as well.
      guard pending <= count - offset else { throw .truncated }
    }
  }
}
