public import KoalrIntegrationProtocols

/// What a run is expected to cost, judged after discovery and before anything else was asked.
public struct SyncPlan: Hashable, Sendable, Codable {
  /// What discovery cost, by the number of repositories it found.
  public var discovery: [PlannedCost]
  /// What reading the window costs.
  public var backfill: [PlannedCost]
  /// How many repositories are cloned for their history; this costs no budget.
  public var clones: Int
  /// What the clones transfer, in bytes.
  public var cloneBytes: Int

  /// What a clone of a window transfers on average, in bytes, without the contents of files. Measured over real repositories.
  public static let bytesPerClone = 860_000

  /// Makes a plan.
  public init(discovery: [PlannedCost], backfill: [PlannedCost], clones: Int) {
    self.discovery = discovery
    self.backfill = backfill
    self.clones = clones
    cloneBytes = clones * Self.bytesPerClone
  }

  /// Every line.
  public var lines: [PlannedCost] { discovery + backfill }

  /// All lines together; clones apart.
  public var total: PlannedCost {
    PlannedCost(
      "all", requests: lines.reduce(0) { $0 + $1.requests }, points: lines.reduce(0) { $0 + $1.points },
      bytes: lines.reduce(0) { $0 + $1.bytes }, seconds: lines.reduce(0) { $0 + $1.seconds })
  }
}
