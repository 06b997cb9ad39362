import KoalrDomain
import KoalrHTTPTransport

/// A repository as GraphQL sends it.
struct RepositoryWire: Sendable {
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

extension RepositoryWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    id = try json.required("id")
    nameWithOwner = try json.text("nameWithOwner")
    isArchived = try json.flag("isArchived")
    isFork = try json.flag("isFork")
    visibility = try json.text("visibility")
    createdAt = try json.time("createdAt")
    pushedAt = try json.time("pushedAt")
    primaryLanguage = try json.value("primaryLanguage")
    defaultBranchRef = try json.value("defaultBranchRef")
    gitHubOwners = try json.decoded("gitHubOwners")
    rootOwners = try json.decoded("rootOwners")
    docsOwners = try json.decoded("docsOwners")
    codeowners = try json.decoded("codeowners")
    pullRequests = try json.value("pullRequests")
    open = try json.value("open")
    deployments = try json.value("deployments")
    issues = try json.value("issues")
  }
}

struct LanguageWire: Sendable {
  var name: String?
}

extension LanguageWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    name = try json.text("name")
  }
}

struct BranchWire: Sendable {
  var name: String?
  var target: CommitWire?
}

extension BranchWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    name = try json.text("name")
    target = try json.value("target")
  }
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
struct MomentWire: Sendable {
  var updatedAt: Date?
  var createdAt: Date?
}

extension MomentWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    updatedAt = try json.time("updatedAt")
    createdAt = try json.time("createdAt")
  }
}

/// The answer to the question for repositories.
struct RepositoriesWire: Decodable, Sendable {
  struct Organization: Decodable, Sendable { var repositories: ListWire<RepositoryWire>? }
  var organization: Organization?
}
