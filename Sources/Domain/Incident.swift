/// A time when something was broken for users, as somebody reported it or as evidence suggests.
public struct Incident: Hashable, Sendable, Codable {
  /// Who says so and its id there.
  public var id: IncidentID
  /// The repository it is pinned to, where one is known.
  public var repositoryID: RepositoryID?
  /// One line for a person.
  public var title: String
  /// When it began.
  public var startedAt: Date
  /// When it ended; `nil` while it lasts or when nobody said.
  public var resolvedAt: Date?
  /// How sure the source can be that users were hurt, 0 to 1.
  public var confidence: Double
  /// The commit believed to be behind it: what was deployed, or what was reverted.
  public var causeSHA: CommitID?
  /// The incident that this one is another report of; `nil` when it stands for itself. See ``JoinedIncident``.
  public var sameAs: IncidentID?
  /// How sure all reports of it together are, 0 to 1; `nil` where it is the only one, or points to another.
  public var combinedConfidence: Double?

  /// Makes an incident.
  public init(
    id: IncidentID, repositoryID: RepositoryID?, title: String, startedAt: Date, resolvedAt: Date?, confidence: Double,
    causeSHA: CommitID?, sameAs: IncidentID? = nil, combinedConfidence: Double? = nil
  ) {
    self.id = id
    self.repositoryID = repositoryID
    self.title = title
    self.startedAt = startedAt
    self.resolvedAt = resolvedAt
    self.confidence = confidence
    self.causeSHA = causeSHA
    self.sameAs = sameAs
    self.combinedConfidence = combinedConfidence
  }

  /// Who reports it.
  public var source: IncidentID.Source { id.source }
}

/// An incident's identity, written `SOURCE:ID`.
public struct IncidentID: Identifier {
  /// The text.
  public let rawValue: String
  /// Wraps a checked text.
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  /// Makes an identity from its two halves.
  public init(source: Source, id: String) { self.init(unchecked: "\(source.rawValue):\(id)") }
  /// What a person calls it.
  public static var noun: String { "incident id (SOURCE:ID)" }
  /// Accepts plain text with a colon inside.
  public static func accepts(_ rawValue: String) -> Bool {
    isPlainText(rawValue, limit: 320) && rawValue.utf8.dropFirst().dropLast().contains(UInt8(ascii: ":"))
  }

  /// The half before the colon.
  public var source: Source { Source(rawValue: String(rawValue.prefix { $0 != ":" })) }

  /// Who reports an incident; a set that others may extend.
  public struct Source: RawRepresentable, Hashable, Sendable, Codable {
    /// The word as stored.
    public var rawValue: String
    /// Wraps a word.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// A deployment that ended in failure.
    public static let deployment = Self(rawValue: "deployment")
    /// A ticket with a label that says so.
    public static let issue = Self(rawValue: "issue")
    /// A commit that takes another one back.
    public static let revert = Self(rawValue: "revert")
  }
}
