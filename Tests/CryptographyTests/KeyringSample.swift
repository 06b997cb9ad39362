import KoalrCore
import KoalrCryptography
import Testing

/// Keys and places that several suites use.
enum KeyringSample {
  /// Bytes 0 to 31, 32 to 63 and 64 to 95.
  static let lines = [
    "2026-03:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "2025-09:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=",
    "2025-03:QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZXWFlaW1xdXl8=",
  ]

  /// A sealer that seals with the first of these lines.
  static func sealer(_ indices: Int...) throws -> KeyringSealer {
    KeyringSealer(keys: try SealingKeys(text: indices.map { lines[$0] }.joined(separator: "\n")))
  }

  /// A sealer with a new key of an old name.
  static func strangeSealer() throws -> KeyringSealer {
    var generator = SystemRandomNumberGenerator()
    let key = Data((0..<32).map { _ in generator.next() as UInt8 }).base64EncodedString()
    return KeyringSealer(keys: try SealingKeys(text: "2026-03:\(key)"))
  }

  static func place(_ connection: String = "github", _ name: String = "token") -> SecretPlace {
    SecretPlace(connection: ConnectionID(unchecked: connection), name: SecretName(unchecked: name))
  }

  static func secret(_ text: String = "hunter2-in-the-clear") throws -> Secret { try #require(Secret(text)) }
}
