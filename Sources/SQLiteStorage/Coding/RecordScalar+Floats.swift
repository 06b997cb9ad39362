import KoalrDomain

extension Double: RecordScalar {
  @inline(__always)
  static func read(_ bytes: RecordBytes, at offset: inout Int) throws(RecordFault) -> Double {
    let head = try bytes.head(at: &offset)
    guard head.initial != RecordHead.double else { return Double(bitPattern: head.argument) }
    return try narrower(head)
  }

  /// Reads what another writer made shorter.
  private static func narrower(_ head: RecordHead) throws(RecordFault) -> Double {
    switch head.initial {
    case RecordHead.float: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: head.argument)))
    case RecordHead.half: return Double(half: UInt16(truncatingIfNeeded: head.argument))
    default:
      guard head.kind == .unsigned || head.kind == .negative else { throw head.mismatch }
      // A negative number n is written as -1 - n.
      let magnitude = UInt128(head.argument) + (head.kind == .negative ? 1 : 0)
      guard let number = Double(exactly: magnitude) else { throw .outOfRange }
      return head.kind == .unsigned ? number : -number
    }
  }

  /// The value of a float16, which `Float16` is not there for on every platform (RFC 8949, appendix D).
  private init(half: UInt16) {
    let exponent = Int(half >> 10 & 0x1F)
    let fraction = Double(half & 0x3FF)
    let magnitude =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? Double.infinity : Double.nan
      default: Double(sign: .plus, exponent: exponent - 25, significand: fraction + 1024)
      }
    self = half >> 15 == 0 ? magnitude : -magnitude
  }

  @inline(__always)
  func write(to bytes: inout [UInt8]) {
    bytes.append(RecordHead.double)
    bytes.appendBigEndian(bitPattern)
  }
}

extension Float: RecordScalar {
  static func read(_ bytes: RecordBytes, at offset: inout Int) throws(RecordFault) -> Float {
    let start = offset
    let head = try bytes.head(at: &offset)
    guard head.initial != RecordHead.float else { return Float(bitPattern: UInt32(truncatingIfNeeded: head.argument)) }
    offset = start
    let wide = try Double.read(bytes, at: &offset)
    guard let number = Float(exactly: wide) ?? (wide.isNaN ? Float.nan : nil) else { throw .outOfRange }
    return number
  }

  func write(to bytes: inout [UInt8]) {
    bytes.append(RecordHead.float)
    bytes.appendBigEndian(bitPattern)
  }
}

extension Date: RecordScalar {
  @inline(__always)
  static func read(_ bytes: RecordBytes, at offset: inout Int) throws(RecordFault) -> Date {
    Date(timeIntervalSinceReferenceDate: try Double.read(bytes, at: &offset))
  }

  @inline(__always)
  func write(to bytes: inout [UInt8]) { timeIntervalSinceReferenceDate.write(to: &bytes) }
}
