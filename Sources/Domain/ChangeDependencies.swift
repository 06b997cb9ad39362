/// What a change adds to and takes from the packages of a repository, as the code host reads its manifests.
public struct ChangeDependencies: Hashable, Sendable, Codable {
  /// The change.
  public var changeID: ChangeID
  /// The repository it belongs to.
  public var repositoryID: RepositoryID
  /// The commit of the target branch that it was compared with.
  public var baseSHA: CommitID
  /// The newest commit of the change at that time; another one since makes this old.
  public var headSHA: CommitID
  /// Every package that comes or goes; a new version is both.
  public var changes: [DependencyChange]

  /// Makes a record.
  public init(
    changeID: ChangeID, repositoryID: RepositoryID, baseSHA: CommitID, headSHA: CommitID, changes: [DependencyChange]
  ) {
    self.changeID = changeID
    self.repositoryID = repositoryID
    self.baseSHA = baseSHA
    self.headSHA = headSHA
    self.changes = changes
  }

  /// Whether this is about the commits that a change has now.
  public func isCurrent(for change: Change) -> Bool { headSHA == change.headSHA && baseSHA == change.baseSHA }
}

/// One package that comes or goes with a change.
public struct DependencyChange: Hashable, Sendable, Codable {
  /// The file that names it.
  public var manifest: String?
  /// Whether it comes or goes.
  public var kind: Kind
  /// The package at its version.
  public var package: Package
  /// Its licence, in the host's words; `nil` when the host does not know it.
  public var license: String?
  /// The weaknesses that are known of this version.
  public var vulnerabilities: [KnownVulnerability]

  /// Whether a package comes or goes.
  public enum Kind: String, Hashable, Sendable, Codable {
    /// It was not there before.
    case added
    /// It is there no more.
    case removed
  }

  /// Makes a change.
  public init(
    manifest: String?, kind: Kind, package: Package, license: String? = nil, vulnerabilities: [KnownVulnerability] = []
  ) {
    self.manifest = manifest
    self.kind = kind
    self.package = package
    self.license = license
    self.vulnerabilities = vulnerabilities
  }
}

/// A published weakness of a package, by its name.
public struct KnownVulnerability: Hashable, Sendable, Codable {
  /// The number of its advisory, `GHSA-…` or another register's.
  public var id: String
  /// How bad; `nil` when the advisory does not say.
  public var severity: Severity?

  /// Makes one.
  public init(id: String, severity: Severity?) {
    self.id = id
    self.severity = severity
  }
}
