/// What a repository's CODEOWNERS file was from a time on, until the next version's.
public struct CodeOwnersVersion: Hashable, Sendable, Codable {
  /// The repository it belongs to.
  public var repositoryID: RepositoryID
  /// When it was first seen to be so. The host may have had it before.
  public var seenAt: Date
  /// The file; `nil` when there was none.
  public var file: File?

  /// The content of a version.
  public struct File: Hashable, Sendable, Codable {
    /// Where it lies: `.github/CODEOWNERS`.
    public var path: String
    /// The git name of its content.
    public var sha: CommitID
    /// Its text; `nil` when the host would not give it (too large).
    public var text: String?

    /// Makes a file.
    public init(path: String, sha: CommitID, text: String?) {
      self.path = path
      self.sha = sha
      self.text = text
    }

    /// The file of a snapshot.
    public init(_ snapshot: CodeOwnersSnapshot) {
      self.init(path: snapshot.path, sha: snapshot.sha, text: snapshot.text)
    }

    /// Whether both are the same file: equal content at the same place, whether or not its text is known.
    public func isSame(as other: Self) -> Bool { path == other.path && sha == other.sha }
  }

  /// Makes a version.
  public init(repositoryID: RepositoryID, seenAt: Date, file: File?) {
    self.repositoryID = repositoryID
    self.seenAt = seenAt
    self.file = file
  }
}
