import Foundation

/// The web address of a service, compared as servers would: without regard to the case of the host, the usual port or a slash at the
/// end.
struct ServiceAddress: Hashable {
  let url: URL

  /// - Throws: ``UsageError``. It does not repeat an address that may hold a password.
  init(_ text: String, of option: String) throws(UsageError) {
    guard var parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme),
      let host = parts.host, !host.isEmpty
    else {
      let shown = text.contains("@") ? "" : ", not \"\(text)\""
      throw UsageError("\(option) needs an address such as https://example.com\(shown).")
    }
    guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil else {
      throw UsageError("\(option) needs an address without user, password, query or fragment.")
    }
    (parts.scheme, parts.host) = (scheme, host.lowercased())
    if parts.port == (scheme == "https" ? 443 : 80) { parts.port = nil }
    while parts.path.hasSuffix("/") { parts.path.removeLast() }
    guard let url = parts.url else { throw UsageError("\(option) needs an address such as https://example.com.") }
    self.url = url
  }
}
