/// How far a part of a sync has come; written in the same transaction as the page it follows.
public struct SyncCheckpoint: Hashable, Sendable, Codable {
  /// What it belongs to: `changes/R_123`.
  public var scope: SourceID
  /// Where to go on; `nil` at the start, or when the part is complete.
  public var cursor: String?
  /// Whether nothing is left to read for this window.
  public var complete: Bool
  /// The beginning of the window it covers.
  public var since: Date?
  /// When it was written.
  public var time: Date

  /// Makes a checkpoint.
  public init(scope: SourceID, cursor: String?, complete: Bool, since: Date?, time: Date) {
    self.scope = scope
    self.cursor = cursor
    self.complete = complete
    self.since = since
    self.time = time
  }
}
