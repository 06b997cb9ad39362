import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

/// A run as its mark in the store knows it: what it reads, as of when.
struct RunMark: Sendable {
  var window: SyncWindow
  /// What the options ask for. How many repositories are read at once is no part of it: it changes nothing that is stored.
  var fingerprint: String
  /// Whether this is a run that was interrupted and goes on.
  var isResumed: Bool

  init(_ options: SyncOptions, now: Date, isResumed: Bool = false) {
    window = SyncWindow(days: options.days, now: now)
    let names = Set(options.repositories.map { $0.lowercased() }).sorted()
    let off = [IntegrationService.pullRequests, .tickets].filter { !options.reads($0) }.map { "without \($0)" }
    fingerprint = (["days \(options.days)"] + off + names).joined(separator: " ")
    self.isResumed = isResumed
  }

  func checkpoint(complete: Bool, gaps: Int = 0) -> SyncCheckpoint {
    SyncCheckpoint(
      scope: .run, cursor: fingerprint, complete: complete, since: window.since, time: window.now, gaps: gaps)
  }

  /// Whether a mark was left by this run.
  func left(_ mark: SyncCheckpoint?) -> Bool {
    mark?.cursor == fingerprint && mark?.since == window.since && mark?.time == window.now
  }
}

extension SyncEngine {
  /// Begins a run, or takes up the one that was interrupted, and marks every connection with it.
  ///
  /// Each connection has a mark of its own, because a batch has one connection: its checkpoints are this run's when its mark
  /// is. The code host's mark is written last and decides, so that a run which is killed between two marks has not begun.
  func beginRun(_ connections: TestedConnections) async throws -> RunMark {
    let fresh = RunMark(options, now: clock.now())
    let last = try await store.checkpoint(.run, connection: connections.host)
    let run = last.flatMap { interrupted($0, like: fresh) } ?? fresh
    for connection in connections.read.reversed() {
      let mark = try await store.checkpoint(.run, connection: connection)
      guard !run.isResumed || !run.left(mark) else { continue }
      var batch = StoreBatch(connection: connection)
      let earlier = connection == connections.host ? try await earlierSpans(before: run, connection: connection) : []
      // When events came last, and ownership was checked, is no part of any run.
      let events = try await store.checkpoint(.events, connection: connection)
      let check = try await store.checkpoint(.ownershipCheck, connection: connection)
      let others = [events, check].compactMap(\.self)
      batch.replace(all: SyncCheckpoint.self, with: [run.checkpoint(complete: false)] + earlier + others)
      try await store.write(batch)
    }
    if run.isResumed { steps.yield(.resumed(from: run.window.now)) }
    return run
  }

  /// The run that left this mark, if it did not end, asked for the same and is young enough.
  private func interrupted(_ mark: SyncCheckpoint, like fresh: RunMark) -> RunMark? {
    let age = fresh.window.now.timeIntervalSince(mark.time)
    guard !mark.complete, (0...SyncOptions.resumeHours * 3600).contains(age) else { return nil }
    let run = RunMark(options, now: mark.time, isResumed: true)
    return run.left(mark) ? run : nil
  }

  /// Notes that the run came to its end, so that the next one begins anew; the code host's mark last, as it decides.
  func finishRun(_ run: RunMark, _ connections: TestedConnections) async throws {
    let all = gaps.all
    for connection in connections.read.reversed() {
      var batch = StoreBatch(connection: connection)
      batch.checkpoint(run.checkpoint(complete: true, gaps: all.gaps.count + all.unlisted))
      try await store.write(batch)
    }
  }
}
