/// Reads texts with escapes (RFC 8259 §7).
enum JSONEscapes {
  /// Returns the text, or `nil` for bytes that are not UTF-8.
  ///
  /// - Throws: `JSONFault` for escapes that mean nothing, such as half of a surrogate pair.
  static func text(_ bytes: ArraySlice<UInt8>) throws(JSONFault) -> String? {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var rest = bytes
    while let escape = rest.firstIndex(of: UInt8(ascii: "\\")) {
      plain += rest[..<escape]
      rest = rest[(escape + 1)...]
      try take(&rest, into: &plain)
    }
    return String(validating: plain + rest, as: UTF8.self)
  }

  private static func take(_ rest: inout ArraySlice<UInt8>, into plain: inout [UInt8]) throws(JSONFault) {
    switch rest.popFirst() {
    case UInt8(ascii: "n"): plain.append(0x0A)
    case UInt8(ascii: "r"): plain.append(0x0D)
    case UInt8(ascii: "t"): plain.append(0x09)
    case UInt8(ascii: "b"): plain.append(0x08)
    case UInt8(ascii: "f"): plain.append(0x0C)
    case let byte? where [UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/")].contains(byte): plain.append(byte)
    case UInt8(ascii: "u"): plain += UTF8.encode(try scalar(&rest)).map { Array($0) } ?? []
    default: throw JSONFault()
    }
  }

  private static func scalar(_ rest: inout ArraySlice<UInt8>) throws(JSONFault) -> Unicode.Scalar {
    let first = try unit(&rest)
    if UTF16.isLeadSurrogate(first) {
      guard rest.popFirst() == UInt8(ascii: "\\"), rest.popFirst() == UInt8(ascii: "u") else { throw JSONFault() }
      let second = try unit(&rest)
      guard UTF16.isTrailSurrogate(second) else { throw JSONFault() }
      let number = 0x10000 + (UInt32(first) & 0x3FF) << 10 + UInt32(second) & 0x3FF
      guard let scalar = Unicode.Scalar(number) else { throw JSONFault() }
      return scalar
    }
    guard let scalar = Unicode.Scalar(first) else { throw JSONFault() }
    return scalar
  }

  /// Four hexadecimal digits.
  private static func unit(_ rest: inout ArraySlice<UInt8>) throws(JSONFault) -> UInt16 {
    let digits = rest.prefix(4)
    guard digits.count == 4, let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16),
      digits.first != UInt8(ascii: "+")
    else { throw JSONFault() }
    rest = rest.dropFirst(4)
    return unit
  }
}
