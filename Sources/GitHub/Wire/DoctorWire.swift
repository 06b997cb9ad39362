/// An organisation as REST describes it; the counts are there for those who may know them.
struct OrganizationDetailsWire: Decodable, Sendable {
  var login: String?
  var publicRepositories: Int?
  var privateRepositories: Int?

  private enum CodingKeys: String, CodingKey {
    case login
    case publicRepositories = "public_repos"
    case privateRepositories = "total_private_repos"
  }
}

/// What an account is in one of its organisations.
struct MembershipWire: Decodable, Sendable {
  struct Organization: Decodable, Sendable { var login: String? }
  var role: String?
  var state: String?
  var organization: Organization?
}

/// What an app's installation sees.
struct InstallationRepositoriesWire: Decodable, Sendable {
  struct Repository: Decodable, Sendable {
    struct Owner: Decodable, Sendable { var login: String? }
    var owner: Owner?
  }
  var repositories: [Repository]?
}

/// What a server says of itself; only GitHub Enterprise Server has a version.
struct ServerMetaWire: Decodable, Sendable {
  var installedVersion: String?

  private enum CodingKeys: String, CodingKey { case installedVersion = "installed_version" }
}
