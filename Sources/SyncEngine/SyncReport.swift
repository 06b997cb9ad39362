public import KoalrDomain

/// How a sync ended. It never says complete over missing data.
public struct SyncReport: Sendable {
  /// Every connection as it was tested.
  public var connections: [Connection]
  /// The beginning of the window.
  public var since: Date
  /// The end of the window.
  public var now: Date
  /// When the run began that was interrupted and that this one went on with; `nil` for a new one.
  public var resumedFrom: Date?
  /// The number of repositories that were asked for and found.
  public var repositories: Int
  /// What each repository holds against what its host counts; empty when the run was stopped before that.
  public var certificates: [Certificate] = []
  /// What is missing, and why.
  public var gaps: [SyncGap]
  /// How many gaps were noted beyond those listed in ``gaps``.
  public var unlistedGaps: Int
  /// What the run was expected to cost before it began to read; `nil` when the code host cannot tell.
  public var plan: SyncPlan?
  /// Whether the run was stopped before its end.
  public var stopped: Bool

  /// Whether everything that was asked for is stored.
  public var isComplete: Bool { gaps.isEmpty && !stopped }
}

/// Why a sync could not even begin.
public struct SyncError: Error, Sendable, CustomStringConvertible {
  /// One or two sentences: what failed, why, what to do.
  public var description: String

  /// Makes the error.
  public init(description: String) { self.description = description }
}
