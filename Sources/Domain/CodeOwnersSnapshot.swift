/// A repository's CODEOWNERS file as it was when it was read.
public struct CodeOwnersSnapshot: Hashable, Sendable, Codable {
  /// The repository it belongs to.
  public var repositoryID: RepositoryID
  /// Where it lies: `.github/CODEOWNERS`, `CODEOWNERS` or `docs/CODEOWNERS`.
  public var path: String
  /// The git name of its content.
  public var sha: CommitID
  /// Its text; `nil` when the host would not give it (too large).
  public var text: String?
  /// What the host finds wrong with it; `nil` when the host was not asked.
  public var errors: [CodeOwnersError]?

  /// Makes a snapshot.
  public init(repositoryID: RepositoryID, path: String, sha: CommitID, text: String?, errors: [CodeOwnersError]?) {
    self.repositoryID = repositoryID
    self.path = path
    self.sha = sha
    self.text = text
    self.errors = errors
  }

  /// The places GitHub looks at, in its order; the first file found wins.
  ///
  /// Source: docs.github.com, "About code owners".
  public static let locations = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"]
}

/// Something a host finds wrong with a line of CODEOWNERS.
public struct CodeOwnersError: Hashable, Sendable, Codable {
  /// The line, from 1.
  public var line: Int
  /// The column, from 1.
  public var column: Int?
  /// The kind, in the host's words: "Unknown owner".
  public var kind: String
  /// What to do about it, in the host's words.
  public var suggestion: String?

  /// Makes an error.
  public init(line: Int, column: Int?, kind: String, suggestion: String?) {
    self.line = line
    self.column = column
    self.kind = kind
    self.suggestion = suggestion
  }
}
