import KoalrDomain
import KoalrIntegrationProtocols
import Synchronization

/// Collects what could not be read, from many tasks.
final class GapCollector: Sendable {
  /// More gaps than this are counted, not listed: an outage must not fill the memory.
  static let listedGaps = 10_000
  /// How many gaps of one part are kept in words.
  static let reasonsOfAPart = 3

  private struct State {
    var gaps: [SyncGap] = []
    var seen: Set<SyncGap> = []
    var unlisted = 0
    /// What each part of the run is known to lack; beyond what is listed, gaps are counted as often as they are told.
    var scoped: Set<ScopedGap> = []
    var counts: [SourceID: Int] = [:]
    /// The first gap of each part that may not be there when it is read again later.
    var passing: [SourceID: SyncGap] = [:]
    /// The first gaps of each part, in words.
    var reasons: [SourceID: [String]] = [:]

    mutating func count(_ gap: SyncGap, in scope: SourceID) {
      guard scoped.count >= listedGaps || scoped.insert(ScopedGap(scope: scope, gap: gap)).inserted else { return }
      counts[scope, default: 0] += 1
      if counts[scope, default: 0] <= reasonsOfAPart { reasons[scope, default: []].append("\(gap.what): \(gap.why)") }
    }
  }

  private struct ScopedGap: Hashable {
    var scope: SourceID
    var gap: SyncGap
  }

  private let state = Mutex(State())
  private let progress: AsyncStream<SyncProgress>.Continuation

  init(progress: AsyncStream<SyncProgress>.Continuation) { self.progress = progress }

  /// Notes a gap; `scope` is what the checkpoint belongs to that must not be taken for whole then.
  func add(_ connection: ConnectionID, _ what: String, why: String, in scope: SourceID? = nil) {
    let gap = SyncGap(connection: connection, what: what, why: why)
    let isNew = state.withLock { state in
      if let scope { state.count(gap, in: scope) }
      guard state.gaps.count < Self.listedGaps else {
        state.unlisted += 1
        return false
      }
      guard state.seen.insert(gap).inserted else { return false }
      state.gaps.append(gap)
      return true
    }
    if isNew { progress.yield(.gap(gap)) }
  }

  func add(_ connection: ConnectionID, _ gaps: [SourceGap], in scope: SourceID? = nil) {
    for gap in gaps { add(connection, gap.what, why: gap.why, in: scope) }
  }

  func add(_ connection: ConnectionID, _ what: String, _ error: any Error, in scope: SourceID? = nil) {
    let why = (error as? IntegrationError)?.reason ?? String(describing: error)
    add(connection, what, why: why, in: scope)
    guard let scope, (error as? IntegrationError)?.retry != .never else { return }
    state.withLock { $0.passing[scope] = $0.passing[scope] ?? SyncGap(connection: connection, what: what, why: why) }
  }

  /// A gap of a part that comes from a failure which may pass by itself.
  func passing(in scope: SourceID) -> SyncGap? { state.withLock { $0.passing[scope] } }

  /// How many gaps a part has until now.
  func count(in scope: SourceID) -> Int { state.withLock { $0.counts[scope, default: 0] } }

  /// The first gaps of a part, in words.
  func reasons(in scope: SourceID) -> [String] { state.withLock { $0.reasons[scope, default: []] } }

  var all: (gaps: [SyncGap], unlisted: Int) { state.withLock { ($0.gaps, $0.unlisted) } }
}
