/// Where events are delivered to: an address that may stand in any log, because nothing secret fits into it.
///
/// Accepts `http` and `https` with a host and a path, up to 1,024 bytes; no user, password, query or fragment.
public struct WebhookURL: Identifier {
  /// The address.
  public let rawValue: String
  /// Wraps a checked text.
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  /// What a person calls it.
  public static var noun: String { "address for webhooks (http or https, without user, password, query or fragment)" }

  /// Whether this may be such an address.
  public static func accepts(_ rawValue: String) -> Bool {
    let bytes = Array(rawValue.utf8)
    guard let scheme = ["https://", "http://"].first(where: { bytes.starts(with: $0.utf8) }) else { return false }
    let rest = bytes.dropFirst(scheme.utf8.count)
    let host = rest.prefix { $0 != UInt8(ascii: "/") }
    guard !host.isEmpty, host.first != UInt8(ascii: ":"), !host.contains(UInt8(ascii: "@")) else { return false }
    return bytes.count <= 1024 && rest.allSatisfy { $0 > 0x20 && $0 < 0x7F && !Self.refused.contains($0) }
  }

  private static let refused: Set<UInt8> = Set("?#\\\"<>".utf8)

  /// The path at which a receiver listens by convention: `https://koalr.example` becomes `https://koalr.example/webhooks/github`.
  ///
  /// - Returns: `nil` when the address and the service make none together.
  public static func conventional(at address: String, for service: Connection.Service) -> Self? {
    var root = Substring(address)
    while root.last == "/" { root = root.dropLast() }
    return Self(rawValue: "\(root)/webhooks/\(service)")
  }
}
