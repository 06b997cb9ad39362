/// How far a part of a sync has come; written in the same transaction as the page it follows.
public struct SyncCheckpoint: Hashable, Sendable, Codable {
  /// What it belongs to: `changes/R_123`, or `run` for the run itself.
  public var scope: SourceID
  /// Where to go on; `nil` at the start, or when the part is complete.
  public var cursor: String?
  /// Whether nothing is left to read for this window.
  public var complete: Bool
  /// The beginning of the window it covers.
  public var since: Date?
  /// When it was written; of a run's own checkpoint, when the run began.
  public var time: Date
  /// How many gaps were noted in what it belongs to, up to here; a part with gaps is read again when its run is resumed.
  public var gaps: Int
  /// What earlier runs read of it without a gap, so that this one asks only for what came later.
  public var earlier: Span?

  /// A stretch of time of which everything was read.
  public struct Span: Hashable, Sendable, Codable {
    /// Its beginning.
    public var since: Date
    /// Its end: what came later is not known.
    public var until: Date

    /// Makes a span.
    public init(since: Date, until: Date) {
      self.since = since
      self.until = until
    }
  }

  /// Makes a checkpoint.
  public init(
    scope: SourceID, cursor: String?, complete: Bool, since: Date?, time: Date, gaps: Int = 0, earlier: Span? = nil
  ) {
    self.scope = scope
    self.cursor = cursor
    self.complete = complete
    self.since = since
    self.time = time
    self.gaps = gaps
    self.earlier = earlier
  }

  /// Reads a checkpoint; one that was written before gaps were counted has none.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    scope = try container.decode(SourceID.self, forKey: .scope)
    cursor = try container.decodeIfPresent(String.self, forKey: .cursor)
    complete = try container.decode(Bool.self, forKey: .complete)
    since = try container.decodeIfPresent(Date.self, forKey: .since)
    time = try container.decode(Date.self, forKey: .time)
    gaps = try container.decodeIfPresent(Int.self, forKey: .gaps) ?? 0
    earlier = try container.decodeIfPresent(Span.self, forKey: .earlier)
  }
}
