import KoalrHTTPTransport

/// What every request says beside its credential.
enum GitHubHeaders {
  /// The version of the API that the wire types were written for; supported to March 2028 at least.
  /// Source: docs.github.com, "API Versions".
  static let apiVersion = "2022-11-28"

  static let standard: HTTPHeaders = [
    "Accept": "application/vnd.github+json",
    "User-Agent": "koalr-core",
    "X-GitHub-Api-Version": apiVersion,
  ]
}

extension HTTPHeaders {
  /// A copy with one more field.
  func with(_ name: String, _ value: String) -> HTTPHeaders {
    var copy = self
    copy[name] = value
    return copy
  }
}
