import KoalrDomain
import KoalrHTTPTransport

/// What the shape of a token tells.
struct SnykToken: Sendable {
  /// The word before it in the header: `token` for keys and Snyk's own tokens, `bearer` for OAuth access tokens of apps.
  var scheme: String
  /// The API's host in the region it belongs to, where it says so.
  var regionHost: String?

  init(_ token: Secret) {
    let text = token.reveal()
    scheme = Self.isKey(text) || text.hasPrefix("snyk_") ? "token" : "bearer"
    regionHost = Self.regionHost(text)
  }

  /// Whether it is an API key: a UUID.
  private static func isKey(_ text: String) -> Bool { UUID(uuidString: text) != nil }

  /// `snyk_uat.<8>.<JSON in base64url>.<signature>` names its host in the JSON.
  private static func regionHost(_ text: String) -> String? {
    let parts = text.split(separator: ".")
    guard text.hasPrefix("snyk_"), parts.count == 4 else { return nil }
    var base64 = String(parts[2]).replacing("-", with: "+").replacing("_", with: "/")
    base64 += String(repeating: "=", count: (4 - base64.count % 4) % 4)
    guard let data = Data(base64Encoded: base64), let claims = try? ServiceJSON.decode(Claims.self, from: data),
      let host = claims.h, host.utf8.count <= 100, host.utf8.allSatisfy(isHostByte)
    else { return nil }
    return host
  }

  private struct Claims: Decodable {
    var h: String?
  }

  private static func isHostByte(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
