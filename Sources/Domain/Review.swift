/// A person's verdict on a change.
public struct Review: Hashable, Sendable, Codable {
  /// The source's stable id.
  public var id: SourceID
  /// Who reviewed; `nil` for a deleted account.
  public var author: Login?
  /// The verdict, in GitHub's GraphQL words.
  public var state: State
  /// When it was submitted; `nil` while it is pending.
  public var submittedAt: Date?

  /// A verdict; a set that hosts may extend.
  public struct State: RawRepresentable, Hashable, Sendable, Codable {
    /// The word as stored.
    public var rawValue: String
    /// Wraps a word.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// The reviewer agrees.
    public static let approved = Self(rawValue: "APPROVED")
    /// The reviewer wants something done first.
    public static let changesRequested = Self(rawValue: "CHANGES_REQUESTED")
    /// The reviewer only says something.
    public static let commented = Self(rawValue: "COMMENTED")
    /// Somebody took the verdict back.
    public static let dismissed = Self(rawValue: "DISMISSED")
    /// Written, not submitted.
    public static let pending = Self(rawValue: "PENDING")
  }

  /// Makes a review.
  public init(id: SourceID, author: Login?, state: State, submittedAt: Date?) {
    self.id = id
    self.author = author
    self.state = state
    self.submittedAt = submittedAt
  }
}

/// Something said about a change.
public struct Comment: Hashable, Sendable, Codable {
  /// The source's stable id.
  public var id: SourceID
  /// Who said it; `nil` for a deleted account.
  public var author: Login?
  /// When it was said.
  public var createdAt: Date
  /// The file it is about, for a comment on a line.
  public var path: String?

  /// Makes a comment.
  public init(id: SourceID, author: Login?, createdAt: Date, path: String? = nil) {
    self.id = id
    self.author = author
    self.createdAt = createdAt
    self.path = path
  }
}

/// A machine's verdict on a commit: a check run or a commit status.
public struct Check: Hashable, Sendable, Codable {
  /// The name of the check or the context of the status.
  public var name: String
  /// The verdict in lower-case words (`success`, `failure`, `error`, `neutral` …); `nil` while it runs.
  public var conclusion: String?
  /// When it ended; `nil` while it runs.
  public var completedAt: Date?

  /// Makes a check.
  public init(name: String, conclusion: String?, completedAt: Date?) {
    self.name = name
    self.conclusion = conclusion
    self.completedAt = completedAt
  }
}
