public import KoalrDomain

extension Truth {
  /// A repository and everything that belongs to it.
  public struct Repository: Decodable, Sendable {
    /// The name without the organisation.
    public var name: String
    /// The id that GitHub's GraphQL gives.
    public var nodeId: String
    /// Whether only members see it.
    public var `private`: Bool
    /// Whether it is read-only.
    public var archived: Bool
    /// Whether it was made from another one.
    public var fork: Bool
    /// Whether it has no commit.
    public var empty: Bool
    /// The main language; of an empty repository too, although no interface gives that one.
    public var language: String
    /// The branch that a clone checks out.
    public var defaultBranch: String?
    /// The newest commit of the default branch.
    public var head: String?
    /// The ownership file.
    public var codeowners: CodeOwners?
    /// All pull requests, those outside the window included.
    public var pulls: [Pull]
    /// The window's commits on the default branch, merged branches included.
    public var commits: [Commit]
    /// All issues.
    public var issues: [Issue]
    /// All deployments.
    public var deployments: [Deployment]
    /// The times when users were hurt.
    public var incidents: [Incident]
    /// What is measured at the coverage service, whether or not it lists the repository.
    public var coverage: Coverage?
    /// What is scanned.
    public var security: [Project]
  }

  /// An ownership file as the code host shows it.
  public struct CodeOwners: Decodable, Sendable {
    /// Where it lies.
    public var path: String
    /// The id of its content.
    public var sha: String
    /// Its content.
    public var text: String
    /// What the code host objects to.
    public var errors: [Problem]

    /// A line that the code host objects to.
    public struct Problem: Decodable, Hashable, Sendable {
      /// The line, from 1.
      public var line: Int
      /// GitHub's name of the problem.
      public var kind: String

      /// Makes one, to compare with.
      public init(line: Int, kind: String) {
        self.line = line
        self.kind = kind
      }
    }
  }
}

extension Truth.Repository {
  /// Returns the repository as discovery would have found it, for adapters that are asked about it.
  ///
  /// - Parameter cloneURL: the address that git reads it from, where a test reads it that way.
  public func discovered(in organization: String, cloneURL: String? = nil) throws -> KoalrDomain.Repository {
    KoalrDomain.Repository(
      id: try RepositoryID(nodeId), name: try RepositoryName("\(organization)/\(name)"), defaultBranch: defaultBranch,
      headSHA: try head.map { try CommitID($0) }, cloneURL: cloneURL)
  }
}
