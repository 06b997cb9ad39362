import KoalrCryptography
import KoalrDomain
import KoalrIntegrationProtocols

/// The signature of a delivery: `sha256=` and 64 hexadecimal digits.
///
/// Source: docs.github.com, "Validating webhook deliveries".
struct DeliverySignature {
  private let code: [UInt8]

  init(_ header: String?) throws(DeliveryRefusal) {
    guard let header else { throw DeliveryRefusal(.unsigned, "the delivery is not signed") }
    guard header.hasPrefix(Self.prefix), let code = Self.bytes(header.utf8.dropFirst(Self.prefix.utf8.count)) else {
      throw Self.wrong
    }
    self.code = code
  }

  /// - Throws: `DeliveryRefusal` when it is the signature of another body, or was made with none of the secrets.
  func check(_ body: Data, secrets: [Secret]) throws(DeliveryRefusal) {
    do {
      for secret in secrets where try HMACSHA256.isValid(code, for: body, key: secret) { return }
    } catch {
      throw DeliveryRefusal(.unavailable, "signatures cannot be checked on this machine")
    }
    throw Self.wrong
  }

  private static let prefix = "sha256="
  private static let wrong = DeliveryRefusal(.unsigned, "the signature is not that of the body")

  private static func bytes(_ digits: Substring.UTF8View) -> [UInt8]? {
    guard digits.count == 2 * HMACSHA256.codeSize else { return nil }
    var bytes: [UInt8] = []
    var high: UInt8?
    for digit in digits {
      guard let value = HexDigit.value(of: digit) else { return nil }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    return bytes
  }
}

enum HexDigit {
  /// The value of a hexadecimal digit of either case.
  static func value(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
