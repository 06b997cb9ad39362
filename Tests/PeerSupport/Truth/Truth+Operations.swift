extension Truth {
  /// An issue of the code host.
  public struct Issue: Decodable, Sendable {
    /// The number in its repository.
    public var number: Int
    /// The id that GitHub's GraphQL gives.
    public var nodeId: String
    /// The title.
    public var title: String
    /// `OPEN` or `CLOSED`.
    public var state: String
    /// When it was opened.
    public var created: String
    /// When anything about it changed last.
    public var updated: String
    /// When it was closed.
    public var closed: String?
    /// The names of its labels.
    public var labels: [String]
    /// How many comments it has.
    public var comments: Int
    /// The account of the author, `ghost` when it no longer exists.
    public var author: String
  }

  /// A deployment.
  public struct Deployment: Decodable, Sendable {
    /// The id that GitHub's GraphQL gives.
    public var nodeId: String
    /// Where to.
    public var environment: String
    /// The commit that was deployed.
    public var sha: String
    /// When it was asked for.
    public var created: String
    /// When its newest status came.
    public var updated: String
    /// The states it went through, oldest first.
    public var statuses: [String]
    /// Whether it failed, by itself or by what it did to users afterwards.
    public var failed: Bool
  }
}
