import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage
import Synchronization

/// What earlier runs read whole, so that a run asks only for what came since.
///
/// When a run begins, the checkpoints of the one before go, but for what they say about the past: a part that was read to its end
/// without gaps is known from the beginning of its window to the beginning of that run, because what happened while it ran may have
/// been missed. That span stays with the part's checkpoint until a run reads on from it without gaps.
extension SyncEngine {
  /// The parts that a run reads on; the others are read anew.
  static let parts: [SyncPart] = [.changes, .history, .deployments, .issues]

  /// Returns the spans that a run which begins can go on from, as checkpoints of parts that are still to be read.
  func earlierSpans(before run: RunMark, connection: ConnectionID) async throws -> [SyncCheckpoint] {
    guard let mark = try await store.checkpoint(.run, connection: connection) else { return [] }
    return try await store.all(RecordQuery(SyncCheckpoint.self, connection: connection)).compactMap { checkpoint in
      guard Self.isOfPart(checkpoint.scope), let span = Self.span(behind: checkpoint, mark),
        span.since <= run.window.since, span.until <= run.window.now
      else { return nil }
      return SyncCheckpoint(
        scope: checkpoint.scope, cursor: nil, complete: false, since: nil, time: checkpoint.time, earlier: span)
    }
  }

  /// Returns what earlier runs read of each part, as this run's checkpoints say.
  func earlierSpans(connection: ConnectionID) async throws -> [SourceID: SyncCheckpoint.Span] {
    var spans: [SourceID: SyncCheckpoint.Span] = [:]
    try await store.forEachPage(RecordQuery(SyncCheckpoint.self, connection: connection)) { page in
      for held in page { spans[held.value.scope] = held.value.earlier }
    }
    return spans
  }

  /// What is known of a part by its checkpoint, when the run that left this mark has ended.
  static func span(behind checkpoint: SyncCheckpoint, _ mark: SyncCheckpoint) -> SyncCheckpoint.Span? {
    guard checkpoint.complete, checkpoint.gaps == 0, let since = checkpoint.since, since == mark.since else {
      return checkpoint.earlier
    }
    return SyncCheckpoint.Span(since: checkpoint.earlier.map { min(since, $0.since) } ?? since, until: mark.time)
  }

  private static func isOfPart(_ scope: SourceID) -> Bool { parts.contains { scope.rawValue.hasPrefix("\($0.rawValue)/") } }
}

extension SyncWorld {
  /// What earlier runs read of a part; `nil` when it has to be read from the beginning of the window.
  func span(_ part: SyncPart, of repository: Repository) -> SyncCheckpoint.Span? {
    earlier[.part(part, of: repository.id)]
  }

  /// Where to read a part on from: a little before the end of what is known, as clocks differ.
  func beginning(_ span: SyncCheckpoint.Span?) -> Date {
    guard let span else { return window.since }
    return max(window.since, span.until.addingTimeInterval(-ResumedLists.clockTolerance))
  }
}

/// The records that the host has shown in this run, so that nobody asks for them again.
final class SeenRecords: Sendable {
  private let ids = Mutex<Set<RecordID>>([])

  func insert(_ id: RecordID) { ids.withLock { _ = $0.insert(id) } }
  func contains(_ id: RecordID) -> Bool { ids.withLock { $0.contains(id) } }
}
