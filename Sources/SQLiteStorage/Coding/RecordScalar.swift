import KoalrDomain

/// A value that is one CBOR item without others in it.
protocol RecordScalar: Codable {
  /// Reads it and moves on behind it.
  static func read(_ bytes: RecordBytes, at offset: inout Int) throws(RecordFault) -> Self
  /// Writes it.
  func write(to bytes: inout [UInt8])
}

extension [UInt8] {
  /// Appends a head in its shortest form.
  @inline(__always)
  mutating func appendHead(_ kind: RecordHead.Kind, _ argument: UInt64) {
    let initial = kind.rawValue << 5
    if argument < 24 {
      append(initial | UInt8(truncatingIfNeeded: argument))
    } else {
      appendLongHead(initial, argument)
    }
  }

  private mutating func appendLongHead(_ initial: UInt8, _ argument: UInt64) {
    switch argument {
    case ...0xFF:
      append(initial | 24)
      append(UInt8(truncatingIfNeeded: argument))
    case ...0xFFFF:
      append(initial | 25)
      appendBigEndian(UInt16(truncatingIfNeeded: argument))
    case ...0xFFFF_FFFF:
      append(initial | 26)
      appendBigEndian(UInt32(truncatingIfNeeded: argument))
    default:
      append(initial | 27)
      appendBigEndian(argument)
    }
  }

  @inline(__always)
  mutating func appendBigEndian<Number: FixedWidthInteger>(_ number: Number) {
    Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
  }

  @inline(__always)
  mutating func appendText(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      appendHead(.text, UInt64(utf8.count))
      append(contentsOf: utf8)
    }
  }
}

extension String: RecordScalar {
  @inline(__always)
  static func read(_ bytes: RecordBytes, at offset: inout Int) throws(RecordFault) -> String {
    let head = try bytes.head(at: &offset)
    guard head.kind == .text else { throw head.mismatch }
    let length = try bytes.length(head, at: offset)
    defer { offset += length }
    return try bytes.text(at: offset, length: length)
  }

  @inline(__always)
  func write(to bytes: inout [UInt8]) { bytes.appendText(self) }
}

extension Bool: RecordScalar {
  @inline(__always)
  static func read(_ bytes: RecordBytes, at offset: inout Int) throws(RecordFault) -> Bool {
    let head = try bytes.head(at: &offset)
    guard head.initial == RecordHead.yes || head.initial == RecordHead.no else { throw head.mismatch }
    return head.initial == RecordHead.yes
  }

  @inline(__always)
  func write(to bytes: inout [UInt8]) { bytes.append(self ? RecordHead.yes : RecordHead.no) }
}

extension Data: RecordScalar {
  static func read(_ bytes: RecordBytes, at offset: inout Int) throws(RecordFault) -> Data {
    let head = try bytes.head(at: &offset)
    guard head.kind == .bytes else { throw head.mismatch }
    let length = try bytes.length(head, at: offset)
    defer { offset += length }
    return try bytes.data(at: offset, length: length)
  }

  func write(to bytes: inout [UInt8]) {
    bytes.appendHead(.bytes, UInt64(count))
    bytes.append(contentsOf: self)
  }
}
