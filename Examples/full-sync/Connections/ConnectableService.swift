import KoalrCore
import KoalrGitHub

/// A service that a connection can be saved for.
struct ConnectableService: Hashable {
  var service: Connection.Service
  /// What people call it.
  var title: String
  /// Where it is unless somebody says otherwise.
  var usualAddress: String
  /// The variable that holds its token.
  var tokenVariable: String

  static let gitHub = Self(
    service: .gitHub, title: "GitHub", usualAddress: "https://github.com", tokenVariable: "GITHUB_TOKEN")
  static let codecov = Self(
    service: .codecov, title: "Codecov", usualAddress: "https://api.codecov.io", tokenVariable: "CODECOV_TOKEN")
  static let snyk = Self(service: .snyk, title: "Snyk", usualAddress: "https://api.snyk.io", tokenVariable: "SNYK_TOKEN")

  static let all = [gitHub, codecov, snyk]

  /// The option that names its address in a run.
  var urlOption: String { "--\(service)-url" }
}

extension ConnectableService {
  /// The service of this word: `github`, `codecov`, `snyk`.
  init?(_ word: String) {
    guard let known = Self.all.first(where: { $0.service.rawValue == word }) else { return nil }
    self = known
  }

  /// The service of a connection, or `nil` for one that cannot be saved.
  init?(_ connection: Connection) { self.init(connection.service.rawValue) }

  /// The address a saved connection means, or the usual one.
  ///
  /// - Throws: ``UsageError`` when what was saved is no address: an import may have brought it.
  func address(_ saved: String?) throws(UsageError) -> ServiceAddress {
    try ServiceAddress(saved ?? usualAddress, of: "the saved connection to \(title)")
  }

  /// Whether an address and a saved one lead to the same service. One GitHub has several: that of a page, and that of its API.
  func isSame(_ address: ServiceAddress, as saved: String?) throws(UsageError) -> Bool {
    let known = try self.address(saved)
    return self == .gitHub ? GitHubHost(webURL: known.url) == GitHubHost(webURL: address.url) : known == address
  }
}
