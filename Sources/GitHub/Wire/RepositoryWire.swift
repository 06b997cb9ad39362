import KoalrDomain

/// A repository as GraphQL sends it.
struct RepositoryWire: Decodable, Sendable {
  var id: String
  var nameWithOwner: String?
  var isArchived: Bool?
  var isFork: Bool?
  var visibility: String?
  var createdAt: Date?
  var pushedAt: Date?
  var primaryLanguage: LanguageWire?
  var defaultBranchRef: BranchWire?
  var gitHubOwners: BlobWire?
  var rootOwners: BlobWire?
  var docsOwners: BlobWire?
  var codeowners: CodeOwnersErrorsWire?
  var pullRequests: ListWire<MomentWire>?
  var open: CountWire?
  var deployments: ListWire<MomentWire>?
  var issues: ListWire<MomentWire>?
}

struct LanguageWire: Decodable, Sendable {
  var name: String?
}

struct BranchWire: Decodable, Sendable {
  var name: String?
  var target: CommitWire?
}

/// A file, or something else in its place, of which nothing was asked for.
struct BlobWire: Decodable, Sendable {
  var oid: String?
  var isTruncated: Bool?
  var text: String?

  /// Whether it is a folder or a submodule.
  var isSomethingElse: Bool { oid == nil && isTruncated == nil && text == nil }
}

struct CodeOwnersErrorsWire: Decodable, Sendable {
  struct Entry: Decodable, Sendable {
    var line: Int?
    var column: Int?
    var kind: String?
    var suggestion: String?
  }
  var errors: [Entry]?
}

/// An item of which only the time was asked for.
struct MomentWire: Decodable, Sendable {
  var updatedAt: Date?
  var createdAt: Date?
}

/// The answer to the question for repositories.
struct RepositoriesWire: Decodable, Sendable {
  struct Organization: Decodable, Sendable { var repositories: ListWire<RepositoryWire>? }
  var organization: Organization?
}
