import KoalrDomain
import KoalrIntegrationProtocols

#if !canImport(FoundationEssentials)
import Foundation
#endif

/// A server to fetch from: an address that was checked, and a credential that goes there and nowhere else.
struct GitRemote: Sendable {
  /// The name that the clone knows it by; its address is never written into the clone.
  static let name = "origin"

  /// The address, without credentials.
  let address: String
  /// `http`, `https` or `file`: the one transport that git may use.
  let scheme: String
  /// Scheme, host and port: where the token belongs; `nil` for a file.
  let origin: String?
  /// The token, if any.
  let token: Secret?

  /// Checks an address: `https:`, `http:`, `file:` or an absolute path.
  ///
  /// - Throws: ``IntegrationError`` for other transports (`ext::` runs programs), credentials inside the address, and a token that
  ///   would travel unencrypted to another machine.
  init(_ address: String, token: Secret?, service: Connection.Service, repository: RepositoryName) throws {
    func refuse(_ reason: String) -> IntegrationError {
      IntegrationError(.misconfigured, service: service, operation: "clone \(repository)", reason: reason)
    }
    let bytes = address.utf8
    guard bytes.count <= 2048, bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) || address.hasPrefix("/"), !bytes.contains(0),
      !bytes.contains(0x0A)
    else { throw refuse("Its clone address has characters that an address cannot have.") }
    if address.hasPrefix("/") || address.hasPrefix("file:///") {
      (self.address, scheme, origin, self.token) = (address, "file", nil, nil)
      return
    }
    guard let scheme = ["https", "http"].first(where: { address.hasPrefix($0 + "://") }) else {
      throw refuse("Only https: addresses, http: addresses and absolute paths can be cloned.")
    }
    let rest = address.dropFirst(scheme.utf8.count + 3)
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard !authority.isEmpty, !authority.hasPrefix("-"), !authority.contains("\\") else {
      throw refuse("Its clone address names no host.")
    }
    guard !authority.contains("@") else {
      throw refuse("Its clone address has a credential inside. Give the token separately.")
    }
    guard token == nil || scheme == "https" || Self.isLoopback(authority) else {
      throw refuse("A token would travel unencrypted to \(authority). Use an https: address.")
    }
    (self.address, self.scheme, origin, self.token) = (address, scheme, "\(scheme)://\(authority)/", token)
  }

  /// Configuration for the environment of one command.
  var settings: [(key: String, value: String)] {
    var settings = [
      (key: "remote.\(Self.name).url", value: address), (key: "remote.\(Self.name).promisor", value: "true"),
      (key: "remote.\(Self.name).partialclonefilter", value: "blob:none"),
    ]
    if let token, let origin {
      // git keeps a header over a redirect, even to another host: redirects are off (http.followRedirects).
      let credential = Data("x-access-token:\(token.reveal())".utf8).base64EncodedString()
      settings.append((key: "http.\(origin).extraHeader", value: "Authorization: Basic \(credential)"))
    }
    return settings
  }

  private static func isLoopback(_ authority: Substring) -> Bool {
    if authority.hasPrefix("[::1]") { return true }
    let host = authority.prefix { $0 != ":" }
    return host == "localhost" || host == "127.0.0.1"
  }
}
