#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Scheme, host and port of an address: what a credential belongs to.
public struct Origin: Hashable, Sendable {
  private let scheme: String
  private let host: String
  private let port: Int

  /// Returns the origin of an http or https address, or `nil` for any other, one without a host, or one with a user name in it.
  public init?(_ url: URL) {
    guard let scheme = url.scheme?.lowercased(), scheme == "https" || scheme == "http", url.user == nil, url.password == nil,
      let host = url.host, !host.isEmpty
    else { return nil }
    self.scheme = scheme
    self.host = host.lowercased()
    port = url.port ?? (scheme == "https" ? 443 : 80)
  }
}

extension URL {
  /// Whether both addresses have an origin, and the same.
  public func hasSameOrigin(as other: URL) -> Bool {
    guard let origin = Origin(self) else { return false }
    return origin == Origin(other)
  }
}
