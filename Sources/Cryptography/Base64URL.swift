import KoalrDomain

/// Base64 with the alphabet for addresses and files (RFC 4648, section 5), without padding.
public enum Base64URL {
  /// Returns the text of some bytes.
  public static func encode(_ bytes: [UInt8]) -> String {
    let text = Data(bytes).base64EncodedData().prefix { $0 != UInt8(ascii: "=") }.map { byte in
      switch byte {
      case UInt8(ascii: "+"): UInt8(ascii: "-")
      case UInt8(ascii: "/"): UInt8(ascii: "_")
      default: byte
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Returns the bytes of the one text that ``encode(_:)`` makes of them: no other spelling is accepted, so that a changed text is
  /// always another value.
  static func decode(_ text: Substring.UTF8View) -> [UInt8]? {
    var standard = text.map { byte in
      switch byte {
      case UInt8(ascii: "-"): UInt8(ascii: "+")
      case UInt8(ascii: "_"): UInt8(ascii: "/")
      default: byte
      }
    }
    standard += Array(repeating: UInt8(ascii: "="), count: (4 - standard.count % 4) % 4)
    guard let data = Data(base64Encoded: Data(standard)) else { return nil }
    let bytes = Array(data)
    return encode(bytes).utf8.elementsEqual(text) ? bytes : nil
  }
}
