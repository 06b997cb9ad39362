/// Texts for bytes that need not be UTF-8, so that nothing is lost on the way through rules, which know texts.
///
/// A byte that is no part of a character becomes one of the last characters of Unicode, which belong to nobody: U+10FF00 and the
/// byte's number. Where they are written they are that byte again. Should a text have such characters of its own, their bytes are
/// handled alike, so that two texts are never taken for one.
enum AnyBytes {
  /// What the bytes of every such character begin with.
  private static let mark: UInt8 = 0xF4

  /// The text of some bytes.
  static func text(_ bytes: ArraySlice<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self), !bytes.contains(mark) { return text }
    var text = ""
    var rest = bytes
    while let first = rest.first {
      // Letters of ASCII come in long runs.
      let run = rest.prefix { $0 < 0x80 }.count
      if let length = run > 0 ? run : (2...4).first(where: { isCharacter(rest.prefix($0)) }) {
        text += String(decoding: rest.prefix(length), as: UTF8.self)
        rest = rest.dropFirst(length)
      } else {
        text.unicodeScalars.append(scalar(first))
        rest = rest.dropFirst()
      }
    }
    return text
  }

  /// The bytes that a text stands for.
  static func bytes(_ text: some StringProtocol) -> [UInt8] { restored(Array(text.utf8)) }

  /// The bytes that the bytes of texts stand for.
  static func restored(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(mark) else { return bytes }
    var restored: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let byte = Self.byte(bytes[index...].prefix(4))
      restored.append(byte ?? bytes[index])
      index += byte == nil ? 1 : 4
    }
    return restored
  }

  /// The text for readers that need UTF-8: bytes that are not are U+FFFD.
  static func shown(_ text: String) -> String {
    text.utf8.contains(mark) ? String(decoding: bytes(text), as: UTF8.self) : text
  }

  private static func isCharacter(_ bytes: ArraySlice<UInt8>) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil && byte(bytes) == nil
  }

  private static func scalar(_ byte: UInt8) -> Unicode.Scalar { Unicode.Scalar(0x10_FF00 + UInt32(byte)) ?? "\u{FFFD}" }

  /// The byte that a character of four bytes stands for; `nil` for any other character.
  private static func byte(_ character: ArraySlice<UInt8>) -> UInt8? {
    let bytes = Array(character)
    guard bytes.count == 4, bytes[0] == mark, bytes[1] == 0x8F, bytes[2] == 0xBE || bytes[2] == 0xBF else { return nil }
    return (bytes[2] == 0xBE ? 0x80 : 0xC0) + (bytes[3] & 0x3F)
  }
}
