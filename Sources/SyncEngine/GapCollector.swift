import KoalrDomain
import KoalrIntegrationProtocols
import Synchronization

/// Collects what could not be read, from many tasks.
final class GapCollector: Sendable {
  /// More gaps than this are counted, not listed: an outage must not fill the memory.
  static let listedGaps = 10_000

  private struct State {
    var gaps: [SyncGap] = []
    var seen: Set<SyncGap> = []
    var unlisted = 0
  }

  private let state = Mutex(State())
  private let progress: AsyncStream<SyncProgress>.Continuation

  init(progress: AsyncStream<SyncProgress>.Continuation) { self.progress = progress }

  func add(_ connection: ConnectionID, _ what: String, why: String) {
    let gap = SyncGap(connection: connection, what: what, why: why)
    let isNew = state.withLock { state in
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

  func add(_ connection: ConnectionID, _ gaps: [SourceGap]) {
    for gap in gaps { add(connection, gap.what, why: gap.why) }
  }

  func add(_ connection: ConnectionID, _ what: String, _ error: any Error) {
    let why = (error as? IntegrationError)?.reason ?? String(describing: error)
    add(connection, what, why: why)
  }

  var all: (gaps: [SyncGap], unlisted: Int) { state.withLock { ($0.gaps, $0.unlisted) } }
}
