#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

// Source: docs.github.com, "Authorizing OAuth apps"; the same below the web address of every layout.

extension GitHubHost {
  /// Where a person is asked whether an app may act for them.
  public var authorizeURL: URL { web.appending(path: "login/oauth/authorize") }

  /// Where codes and refresh tokens are exchanged for tokens.
  public var accessTokenURL: URL { web.appending(path: "login/oauth/access_token") }

  /// Where a person sees what they allowed an app, and takes it back.
  public func reviewURL(clientID: String) -> URL { web.appending(path: "settings/connections/applications/\(clientID)") }
}
