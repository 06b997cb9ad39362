/// How long records are kept, and what happens to them then.
///
/// Keep at least what a sync reads, 90 days unless you say otherwise: scores are made from what is stored.
public struct RetentionPolicy: Hashable, Sendable {
  /// Records that were settled this many days ago are kept; what is older is not.
  public var days: Int
  /// What happens to older ones.
  public var action: Action

  /// What happens to a record that is too old.
  public enum Action: Hashable, Sendable, CaseIterable {
    /// It is removed.
    case drop
    /// It is counted in the `ActivitySummary` of its repository and day, and removed.
    case rollUp
  }

  /// Makes a policy for what is older than a number of days, which is not negative.
  public init(olderThan days: Int, action: Action) {
    precondition(days >= 0, "A retention policy cannot drop what has not happened yet.")
    self.days = days
    self.action = action
  }
}
