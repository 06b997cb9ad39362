/// What is stored of a repository's window, against what its host counts there: written at the end of every run.
public struct Certificate: Hashable, Sendable, Codable {
  /// The repository.
  public var repositoryID: RepositoryID
  /// The beginning of the window.
  public var since: Date
  /// The end of the window.
  public var until: Date
  /// What belongs to it, kind by kind.
  public var parts: [Part]

  /// Makes a certificate.
  public init(repositoryID: RepositoryID, since: Date, until: Date, parts: [Part]) {
    self.repositoryID = repositoryID
    self.since = since
    self.until = until
    self.parts = parts
  }

  /// Whether everything is stored, as far as anybody can tell.
  public var isComplete: Bool { parts.allSatisfy(\.isComplete) }

  /// One kind of thing in the window.
  public struct Part: Hashable, Sendable, Codable {
    /// What a person calls them: `changes`, `open changes`, `commits`, `deployments`, `issues`.
    public var name: String
    /// How many the host counts; `nil` when it does not.
    public var expected: Int?
    /// How many are stored.
    public var stored: Int
    /// Whether reading stopped before the end.
    public var truncated: Bool
    /// How many things about them could not be read.
    public var unreachable: Int
    /// Why they are not complete, or not counted: the first few reasons, each a sentence that is safe in any log.
    public var reasons: [String]

    /// Makes a part.
    public init(
      name: String, expected: Int?, stored: Int, truncated: Bool = false, unreachable: Int = 0, reasons: [String] = []
    ) {
      self.name = name
      self.expected = expected
      self.stored = stored
      self.truncated = truncated
      self.unreachable = unreachable
      self.reasons = reasons
    }

    /// Whether nothing is known to be missing.
    public var isComplete: Bool { !truncated && unreachable == 0 && (expected.map { stored >= $0 } ?? true) }
  }
}
