/// Text of git for people: any bytes in, one line of plain text out.
package enum PlainLine {
  /// The most bytes of a line.
  package static let maximumBytes = 1024

  /// Returns the bytes as text, without control characters. What is not UTF-8 becomes U+FFFD.
  package static func text(_ bytes: some Collection<UInt8>) -> String {
    let text = String(decoding: bytes.prefix(maximumBytes), as: UTF8.self)
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 }) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.properties.generalCategory != .control }))
  }
}
