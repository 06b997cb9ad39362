/// Something a check found about who owns a repository: open until a later check does not find it any more.
public struct OwnershipEvent: Hashable, Sendable, Codable {
  /// The repository.
  public var repositoryID: RepositoryID
  /// What kind of finding it is.
  public var type: Kind
  /// What it is about: the pattern of a rule, or the path of the CODEOWNERS file.
  public var subject: String
  /// The section of the rule, for dialects that have sections.
  public var section: String?
  /// The line of the rule when it was last seen, from 1.
  public var line: Int?
  /// How bad it is; `nil` where there are no degrees.
  public var severity: Severity?
  /// What was found, in a sentence or a few lines that are safe in any log.
  public var message: String
  /// Who should own it, as the rules write it.
  public var declaredOwners: [String]
  /// Who did the work, those with the largest share first.
  public var contributors: [Contributor]
  /// The paths it touches; the first few when there are many.
  public var paths: [String]
  /// How many paths it touches.
  public var pathCount: Int
  /// When a check found it first.
  public var openedAt: Date
  /// When a check found it last.
  public var seenAt: Date
  /// When a check did not find it any more; `nil` while it is open.
  public var resolvedAt: Date?

  /// A kind of finding; a set that may grow.
  public struct Kind: RawRepresentable, Hashable, Sendable, Codable {
    /// The word as stored.
    public var rawValue: String
    /// Wraps a word.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// The rules that the last check used are not those of the file any more.
    public static let rulesChanged = Self(rawValue: "rulesChanged")
    /// The declared owners of a rule do little of the work in it.
    public static let ownersDrifted = Self(rawValue: "ownersDrifted")
  }

  /// Somebody who did a part of the work.
  public struct Contributor: Hashable, Sendable, Codable {
    /// The account, or the address where no account is known.
    public var name: String
    /// The share of the work, 0 to 1.
    public var share: Double

    /// Makes a contributor.
    public init(name: String, share: Double) {
      self.name = name
      self.share = share
    }
  }

  /// Makes an event that a check found now.
  public init(
    repositoryID: RepositoryID, type: Kind, subject: String, section: String? = nil, line: Int? = nil, severity: Severity? = nil,
    message: String, declaredOwners: [String] = [], contributors: [Contributor] = [], paths: [String] = [], pathCount: Int? = nil,
    openedAt: Date, seenAt: Date? = nil, resolvedAt: Date? = nil
  ) {
    self.repositoryID = repositoryID
    self.type = type
    self.subject = subject
    self.section = section
    self.line = line
    self.severity = severity
    self.message = message
    self.declaredOwners = declaredOwners
    self.contributors = contributors
    self.paths = paths
    self.pathCount = pathCount ?? paths.count
    self.openedAt = openedAt
    self.seenAt = seenAt ?? openedAt
    self.resolvedAt = resolvedAt
  }

  /// Whether the last check still found it.
  public var isOpen: Bool { resolvedAt == nil }

  /// Whether both are about the same thing, at whatever time they were found.
  public func isAbout(_ other: Self) -> Bool {
    repositoryID == other.repositoryID && type == other.type && subject == other.subject && section == other.section
  }
}
