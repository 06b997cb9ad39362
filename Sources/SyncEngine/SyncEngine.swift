import KoalrCodeOwnersParser
import KoalrDomain
public import KoalrIntegrationProtocols
public import KoalrRiskModel
public import KoalrStorage

/// Reads an organisation into a store and scores its changes: connect → discover → fast path → backfill → derive → assess.
///
/// ```swift
/// let engine = SyncEngine(sources: SyncSources(codeHost: gitHub, history: git), store: .inMemory)
/// async let report = engine.run()
/// for await step in engine.progress { print(step) }
/// print(try await report.isComplete)
/// ```
///
/// A page and its checkpoint are written in one batch. A repository that fails does not stop the others; what it lacks is a
/// gap of the report. Cancelling the task ends the run at the next page, with all that is stored until then. An engine runs once.
///
/// A run that was cancelled or killed is gone on with by the next one over the same store, if that asks for the same days and
/// repositories and the interrupted run began less than ``SyncOptions/resumeHours`` ago. It keeps that run's window, does not
/// ask again for parts that were read whole and without gaps, and ends with the store of a run that was never interrupted.
/// Every other run has a window of its own, and asks only for what changed since the runs before it. See <doc:RunningASync> for
/// the rules.
public final class SyncEngine: Sendable {
  /// What happens, while it happens. Ends with the run; a slow reader loses the oldest steps, never the run's speed.
  public let progress: AsyncStream<SyncProgress>

  let sources: SyncSources
  let store: any Store
  let options: SyncOptions
  let scorer: RiskScorer
  let clock: any WallClock
  let observer: any SyncObserver
  let gaps: GapCollector
  let seen = SeenRecords()
  let steps: AsyncStream<SyncProgress>.Continuation

  /// How many progress steps wait for a slow reader.
  static let progressBuffer = 10_000

  /// Makes an engine.
  ///
  /// - Parameters:
  ///   - sources: where to read from.
  ///   - store: where to write to; `.inMemory` keeps nothing beyond the process.
  ///   - options: the window and the repositories.
  ///   - scorer: turns evidence into scores; one with factors of your own makes them part of every sync.
  ///   - clock: tells the end of the window.
  ///   - observer: told about notes; sources have observers of their own.
  public init(
    sources: SyncSources, store: any Store, options: SyncOptions = SyncOptions(),
    scorer: RiskScorer = RiskScorer(model: .sevenFactor),
    clock: any WallClock = .system, observer: any SyncObserver = .silent
  ) {
    self.sources = sources.reading(options)
    self.store = options.plansOnly ? PlanningStore(store) : store
    self.options = options
    self.scorer = scorer
    self.clock = clock
    self.observer = observer
    (progress, steps) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.progressBuffer))
    gaps = GapCollector(progress: steps)
  }

  /// Runs the sync to its end.
  ///
  /// - Throws: ``SyncError`` when the code host cannot be used at all, or the store holds another organisation's data under its
  ///   connection; `StoreError` when the store fails. Everything less is a gap.
  public func run() async throws -> SyncReport {
    defer { steps.finish() }
    let window = SyncWindow(days: options.days, now: clock.now())
    var report = SyncReport(
      connections: [], since: window.since, now: window.now, resumedFrom: nil, repositories: 0, gaps: [], unlistedGaps: 0,
      stopped: false)
    do {
      steps.yield(.phase(.connect))
      let connections = try await connect()
      report.connections = connections.all
      let run = try await beginRun(connections)
      (report.since, report.now) = (run.window.since, run.window.now)
      report.resumedFrom = run.isResumed ? run.window.now : nil
      steps.yield(.phase(.discover))
      let world = try await discover(run, connections: connections)
      report.repositories = world.repositories.count
      if options.plansOnly {
        report.plan = try await plan(world)
      } else {
        try await read(world, run, connections, into: &report)
      }
    } catch is CancellationError {
      report.stopped = true
    }
    (report.gaps, report.unlistedGaps) = gaps.all
    return report
  }

  private func read(
    _ world: SyncWorld, _ run: RunMark, _ connections: TestedConnections, into report: inout SyncReport
  ) async throws {
    steps.yield(.phase(.fastPath))
    try await fastPath(world)
    // After the first scores: these questions take a host as long as those do.
    let world = try await completeDiscovery(world)
    report.plan = try await plan(world)
    steps.yield(.phase(.backfill))
    let stored = try await backfill(world)
    report.certificates = try await certify(world, stored: stored)
    try await finishRun(run, connections)
  }
}

/// What discovery found and every later phase reads from: immutable, so that tasks share it freely.
struct SyncWorld: Sendable {
  var window: SyncWindow
  /// Whether the window is that of a run that was interrupted, whose checkpoints hold.
  var isResumed: Bool
  /// Whether an earlier run left changes, whose files may be those of other commits by now.
  var hasEarlierChanges: Bool
  /// What earlier runs read of each part.
  var earlier: [SourceID: SyncCheckpoint.Span]
  var connections: TestedConnections
  var repositories: [Repository]
  /// How many changes each repository has open, where its host said so.
  var openChanges: [RepositoryID: Int] = [:]
  /// Whether nobody has asked yet when something in each repository was touched last.
  var isBrief = false
  /// The repositories whose CODEOWNERS is known to be absent.
  var withoutCodeOwners: Set<RepositoryID>
  var teams: TeamRoster
  var authors: AccountDirectory
}
