#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// The addresses of one GitHub, all derived from the one that people know.
///
/// Three layouts exist: github.com, a tenant of ghe.com, and a GitHub Enterprise Server on any other host.
/// Source: docs.github.com, "Getting started with the REST API" and "Forming calls with GraphQL" of each product.
public struct GitHubHost: Sendable, Hashable {
  /// Where people look at it.
  public let web: URL
  /// Where REST answers.
  public let api: URL
  /// Where GraphQL answers.
  public let graphQL: URL

  /// The hosted GitHub.
  public static let dotCom = GitHubHost(
    web: address("https://github.com"), api: address("https://api.github.com"),
    graphQL: address("https://api.github.com/graphql"))

  /// Derives the addresses from the web address as a person copies it: any case, with or without a slash at the end, that of a page,
  /// or that of the API. A user name, password, path or query in it is dropped: no GitHub lies below a path.
  public init(webURL: URL) {
    let root = Self.root(of: webURL)
    let name = (root.host() ?? "")
    if name == "github.com" || name == "www.github.com" || name == "api.github.com" {
      self = .dotCom
    } else if name.hasSuffix(".ghe.com") {
      let tenant = name.hasPrefix("api.") ? String(name.dropFirst(4)) : name
      self.init(
        web: Self.address("https://\(tenant)"), api: Self.address("https://api.\(tenant)"),
        graphQL: Self.address("https://api.\(tenant)/graphql"))
    } else {
      self.init(web: root, api: root.appending(path: "api/v3"), graphQL: root.appending(path: "api/graphql"))
    }
  }

  private init(web: URL, api: URL, graphQL: URL) {
    self.web = web
    self.api = api
    self.graphQL = graphQL
  }

  /// Whether it is an Enterprise Server, which keeps deliveries longer and may have no limits.
  var isEnterpriseServer: Bool { api.path().hasSuffix("/api/v3") }

  /// What people call what runs there.
  var product: String {
    if web == Self.dotCom.web { return "GitHub.com" }
    return isTenant ? "GitHub Enterprise Cloud with data residency" : "GitHub Enterprise Server"
  }

  private var isTenant: Bool { web.host()?.hasSuffix(".ghe.com") == true }

  /// Returns where `git` clones a repository from, without credentials.
  public func cloneURL(_ fullName: String) -> String { web.appending(path: fullName + ".git").absoluteString }

  private static func root(of url: URL) -> URL {
    var parts = URLComponents(url: url, resolvingAgainstBaseURL: true) ?? URLComponents()
    parts.user = nil
    parts.password = nil
    parts.query = nil
    parts.fragment = nil
    parts.path = ""
    parts.scheme = parts.scheme?.lowercased()
    parts.host = parts.host?.lowercased()
    if parts.port == (parts.scheme == "https" ? 443 : 80) { parts.port = nil }
    return parts.url ?? url
  }

  private static func address(_ text: String) -> URL {
    guard let url = URL(string: text) else { preconditionFailure("\(text) must be an address.") }
    return url
  }
}
