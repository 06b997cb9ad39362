extension RecordScalar where Self: FixedWidthInteger {
  @inline(__always)
  static func read(_ bytes: RecordBytes, at offset: inout Int) throws(RecordFault) -> Self {
    let head = try bytes.head(at: &offset)
    guard head.kind == .unsigned || head.kind == .negative else { throw head.mismatch }
    // CBOR writes a negative number n as -1 - n, which is its complement.
    guard let number = Self(exactly: head.argument), head.kind == .unsigned || isSigned else { throw .outOfRange }
    return head.kind == .unsigned ? number : ~number
  }

  @inline(__always)
  func write(to bytes: inout [UInt8]) {
    if self < 0 {
      bytes.appendHead(.negative, UInt64(truncatingIfNeeded: ~self))
    } else {
      bytes.appendHead(.unsigned, UInt64(truncatingIfNeeded: self))
    }
  }
}

extension Int: RecordScalar {}
extension Int8: RecordScalar {}
extension Int16: RecordScalar {}
extension Int32: RecordScalar {}
extension Int64: RecordScalar {}
extension UInt: RecordScalar {}
extension UInt8: RecordScalar {}
extension UInt16: RecordScalar {}
extension UInt32: RecordScalar {}
extension UInt64: RecordScalar {}

extension Int128: RecordScalar {
  static func read(_ bytes: RecordBytes, at offset: inout Int) throws(RecordFault) -> Int128 {
    let (magnitude, negative) = try UInt128.readBignum(bytes, at: &offset)
    guard let number = Int128(exactly: magnitude) else { throw .outOfRange }
    return negative ? ~number : number
  }

  func write(to bytes: inout [UInt8]) { UInt128(truncatingIfNeeded: self < 0 ? ~self : self).writeBignum(self < 0, to: &bytes) }
}

extension UInt128: RecordScalar {
  static func read(_ bytes: RecordBytes, at offset: inout Int) throws(RecordFault) -> UInt128 {
    let (magnitude, negative) = try readBignum(bytes, at: &offset)
    guard !negative else { throw .outOfRange }
    return magnitude
  }

  func write(to bytes: inout [UInt8]) { writeBignum(false, to: &bytes) }

  /// Reads an integer, or a byte string under tag 2 (positive) or 3 (negative).
  fileprivate static func readBignum(
    _ bytes: RecordBytes, at offset: inout Int
  ) throws(RecordFault) -> (magnitude: UInt128, negative: Bool) {
    let head = try bytes.head(at: &offset)
    if head.kind == .unsigned || head.kind == .negative { return (UInt128(head.argument), head.kind == .negative) }
    guard head.kind == .tag, head.argument == 2 || head.argument == 3 else { throw head.mismatch }
    let string = try bytes.head(at: &offset)
    guard string.kind == .bytes else { throw string.mismatch }
    let length = try bytes.length(string, at: offset)
    var magnitude: UInt128 = 0
    for _ in 0..<length {
      guard magnitude >> 120 == 0 else { throw .outOfRange }
      magnitude = magnitude << 8 | UInt128(try bytes.number(at: offset, width: 1))
      offset += 1
    }
    return (magnitude, head.argument == 3)
  }

  fileprivate func writeBignum(_ negative: Bool, to bytes: inout [UInt8]) {
    if let small = UInt64(exactly: self) { return bytes.appendHead(negative ? .negative : .unsigned, small) }
    let zeros = leadingZeroBitCount / 8
    bytes.appendHead(.tag, negative ? 3 : 2)
    bytes.appendHead(.bytes, UInt64(16 - zeros))
    for index in zeros..<16 { bytes.append(UInt8(truncatingIfNeeded: self >> (8 * (15 - index)))) }
  }
}
