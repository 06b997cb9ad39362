/// The check digits that GitHub's tokens end with: the CRC-32 of what is before them, as six digits to the base 62.
///
/// Source: github.blog, "Behind GitHub's new authentication token formats".
enum Base62Checksum {
  /// The number of check digits.
  static let digits = 6
  private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".utf8)

  /// Returns the check digits of bytes.
  static func of(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var rest = crc32(bytes)
    var text = [UInt8](repeating: alphabet[0], count: digits)
    for place in text.indices.reversed() {
      text[place] = alphabet[Int(rest % 62)]
      rest /= 62
    }
    return text
  }

  /// Whether the last six bytes are the check digits of those before them.
  static func fits(_ bytes: some Collection<UInt8>) -> Bool {
    bytes.suffix(digits).elementsEqual(of(bytes.dropLast(digits)))
  }

  // The polynomial of Ethernet and zip, reflected (ISO 3309). Tokens are short, so there is no table.
  private static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var crc = UInt32.max
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }
}
