/// A text that never prints itself: a token, a key, a password.
///
/// Every rendering says `<redacted>`; the text leaves only through ``reveal()``. It is not `Codable` on purpose.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let text: String

  /// Wraps a text, without the white space around it that copying brings; `nil` when nothing else is left.
  public init?(_ text: String) {
    let bytes = text.utf8
    guard let first = bytes.firstIndex(where: { !Self.isBlank($0) }), let last = bytes.lastIndex(where: { !Self.isBlank($0) })
    else { return nil }
    self.text = String(text[first...last])
  }

  /// Returns the text. Keep the result out of anything that is logged or stored.
  public func reveal() -> String { text }

  /// Always `<redacted>`.
  public var description: String { "<redacted>" }
  /// Always `<redacted>`.
  public var debugDescription: String { "<redacted>" }
  /// A mirror without children.
  public var customMirror: Mirror { Mirror(self, children: []) }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
