import KoalrDomain
import KoalrIntegrationProtocols

/// A project of Snyk: one manifest, image or folder of a target.
struct SnykProject: Sendable, Hashable {
  var id: String
  var targetFile: String?
  /// What the repository may be called, best guess first.
  var repositoryNames: [String]

  /// A project as it is listed; `nil` without an id.
  ///
  /// The target is named like the repository (`acme/api`) or has its address; the project is named after it up to a colon
  /// (`acme/api:package.json`).
  init?(_ wire: ProjectWire) {
    guard let id = wire.id, !id.isEmpty else { return nil }
    self.id = id
    targetFile = wire.attributes?.targetFile.flatMap { $0.isEmpty ? nil : $0 }
    let target = wire.relationships?.target?.data?.attributes
    let names = [
      target?.displayName, target?.url.flatMap(Self.repository(address:)),
      wire.attributes?.name.map { String($0.prefix { $0 != ":" && $0 != "(" }) },
    ]
    repositoryNames = names.compactMap { $0 }.filter { !$0.isEmpty }
  }

  /// Returns the repository it was made from, if it is one of those.
  func repository(in directory: RepositoryDirectory) -> RepositoryID? {
    repositoryNames.lazy.compactMap { directory[$0] }.first
  }

  /// `acme/api` of `https://github.com/acme/api.git`.
  private static func repository(address: String) -> String? {
    let parts = address.split(separator: "/").suffix(2)
    guard parts.count == 2 else { return nil }
    let name = parts.joined(separator: "/")
    return name.hasSuffix(".git") ? String(name.dropLast(4)) : name
  }
}
