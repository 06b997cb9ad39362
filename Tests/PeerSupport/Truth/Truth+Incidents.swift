extension Truth {
  /// A time when users were hurt.
  public struct Incident: Decodable, Sendable {
    /// The peers' name for it.
    public var id: String
    /// The commit whose deployment was behind it.
    public var sha: String
    /// When it began.
    public var started: String
    /// When it ended.
    public var resolved: String?
    /// The pull request that took the change back.
    public var revertedBy: Int?
    /// The number of its ticket.
    public var issue: Int?
  }
}
