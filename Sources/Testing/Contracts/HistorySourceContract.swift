public import KoalrCore
import Synchronization

/// The promises of a `HistorySource`.
///
/// The request should name a repository with more commits in its window than one batch holds, and changes. Every check makes
/// its own source.
public struct HistorySourceContract: Sendable {
  let request: HistoryRequest
  let make: @Sendable () async throws -> any HistorySource

  /// Makes the contract.
  public init(_ request: HistoryRequest, source: @escaping @Sendable () async throws -> any HistorySource) {
    self.request = request
    make = source
  }

  // swift-format-ignore: AllPublicDeclarationsHaveDocumentation (the sentences are the documentation)
  /// Something that every history source keeps.
  public enum Promise: String, CaseIterable, Sendable, CustomStringConvertible {
    case smallBatches = "A batch holds no more than was asked for."
    case newestFirst = "Commits come newest first."
    case keepsToTheWindow = "No commit is older than was asked for."
    case uniqueCommits = "No commit comes twice."
    case belongs = "Every commit belongs to the repository that was asked about."
    case accountsForChanges = "Every change that was asked for brings its files or a reason, and no other change does."
    case knowsTheHead = "The summary's head is the newest commit that was read."
    case passesErrorsOn = "What the receiver throws ends the reading and reaches the caller."
    case cancels = "A cancelled call throws CancellationError."

    /// The promise as a sentence.
    public var description: String { rawValue }
  }

  /// Checks one promise on a new source.
  ///
  /// - Throws: ``BrokenPromise``, or what the source throws.
  public func check(_ promise: Promise) async throws {
    switch promise {
    case .smallBatches: try await checkSmallBatches()
    case .newestFirst: try await checkNewestFirst()
    case .keepsToTheWindow: try await checkWindow()
    case .uniqueCommits: try ContractCheck.unique(promise.rawValue, try await commits().map(\.sha.rawValue))
    case .belongs: try await checkBelongs()
    case .accountsForChanges: try await checkAccountsForChanges()
    case .knowsTheHead: try await checkHead()
    case .passesErrorsOn: try await checkPassesErrorsOn()
    case .cancels: try await checkCancels()
    }
  }

  func read() async throws -> (batches: [HistoryBatch], summary: HistorySummary) {
    let batches = Mutex<[HistoryBatch]>([])
    let summary = try await make().readHistory(request) { batch in batches.withLock { $0.append(batch) } }
    return (batches.withLock { $0 }, summary)
  }

  func commits() async throws -> [Commit] { try await read().batches.flatMap(\.commits) }
}
