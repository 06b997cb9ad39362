public import KoalrCore

/// What every `Store` promises, as checks that need no test framework.
///
/// ```swift
/// @Test(arguments: StoreContract.Promise.allCases)
/// func keeps(_ promise: StoreContract.Promise) async throws {
///   try await StoreContract { InMemoryStore() }.check(promise)
/// }
/// ```
public struct StoreContract: Sendable {
  private let makeStore: @Sendable () async throws -> any Store

  /// Makes a contract for the stores that `makeStore` makes: a new, empty one at each call.
  public init(makeStore: @escaping @Sendable () async throws -> any Store) { self.makeStore = makeStore }

  /// One thing a store promises.
  public enum Promise: String, CaseIterable, Sendable {
    case readsBack = "What is written reads back equal, part by part, and what was not written is nil."
    case batchIsWhole = "A batch with a record that makes no sense is refused and changes nothing."
    case checkpointGoesWithBatch = "A checkpoint is written with its batch or not at all."
    case identity = "A record is identified by connection, kind and id; its other fields, names included, are attributes."
    case newerWins = "An older value does not overwrite a newer one, whatever the order of writing."
    case equalVersionWins = "Of two values with the same version the one written later wins."
    case orderDecidesWithoutVersion = "Of two values without a version the one written later wins."
    case partsAgeSeparately = "Parts age by themselves: one that a value does not know stays, one that it knows is taken."
    case replayChangesNothing = "Writing the same batch again changes nothing."
    case deletionRemoves = "A deleted record is gone from every way of reading, and no other record is."
    case tombstoneHolds =
      "A value that is not newer than a deletion does not bring the record back, even if the deletion came first."
    case newerReturns = "A value that is newer than the deletion brings the record back."
    case oldDeletionIsIgnored = "A deletion that is older than the record changes nothing."
    case replacementRemoves = "Replacing a set removes what is not in it, and all of it when it is empty."
    case replacementSpares = "Replacing a set leaves other repositories, kinds and connections alone."
    case replacedMayReturn = "What a replacement removed comes back with the version it had."
    case forgettingRemoves =
      "Forgetting a connection removes its records of every kind from every way of reading, and says how many."
    case forgettingSpares = "Forgetting a connection leaves the records and tombstones of others alone."
    case forgottenMayReturn = "What was forgotten comes in again with any version: its tombstones and its versions are gone too."
    case pagesAreOrdered = "Pages are ordered by time (none first), connection and id by bytes, or the reverse."
    case pagesAreComplete = "Pages hold each record once, none more than the limit, and the last one has no next."
    case positionsStayValid = "A position stays valid while records are written and deleted: the next page begins behind it."
    case filtersHold = "A query reads its repository, connection and half-open window of time, and nothing else."
    case countsAreTrue = "A count is the number of records over all pages."
    case filesAreCounted = "A count of files is that of the records over all pages, whether their files are known or not."
    case questionsTogether = "Several queries at once bring what each brings alone, over all its pages."
    case movesAreSeen = "A record whose time or repository changed is found where it is now and nowhere else."
    case readersSeeWholeBatches = "Writers at the same time lose nothing, and readers never see half a batch."
    case keepsBytesAndMilliseconds = "Ids are told apart by bytes, and times are kept to the millisecond."
    case agreesWithModel = "After any batches it holds what a naive model of these promises holds."

    /// The promise in words.
    public var sentence: String { rawValue }
  }

  /// Checks one promise on a new store.
  ///
  /// - Throws: ``BrokenPromise``.
  public func check(_ promise: Promise) async throws {
    try await checking(promise.sentence) {
      let store = try await makeStore()
      switch promise {
      case .readsBack: try await StoreChecks.readsBack(store)
      case .batchIsWhole: try await StoreChecks.batchIsWhole(store)
      case .checkpointGoesWithBatch: try await StoreChecks.checkpointGoesWithBatch(store)
      case .identity: try await StoreChecks.identity(store)
      case .newerWins: try await StoreChecks.newerWins(store)
      case .equalVersionWins: try await StoreChecks.equalVersionWins(store)
      case .orderDecidesWithoutVersion: try await StoreChecks.orderDecidesWithoutVersion(store)
      case .partsAgeSeparately: try await StoreChecks.partsAgeSeparately(store)
      case .replayChangesNothing: try await StoreChecks.replayChangesNothing(store)
      case .deletionRemoves: try await StoreChecks.deletionRemoves(store)
      case .tombstoneHolds: try await StoreChecks.tombstoneHolds(store)
      case .newerReturns: try await StoreChecks.newerReturns(store)
      case .oldDeletionIsIgnored: try await StoreChecks.oldDeletionIsIgnored(store)
      case .replacementRemoves: try await StoreChecks.replacementRemoves(store)
      case .replacementSpares: try await StoreChecks.replacementSpares(store)
      case .replacedMayReturn: try await StoreChecks.replacedMayReturn(store)
      case .forgettingRemoves: try await StoreChecks.forgettingRemoves(store)
      case .forgettingSpares: try await StoreChecks.forgettingSpares(store)
      case .forgottenMayReturn: try await StoreChecks.forgottenMayReturn(store)
      case .pagesAreOrdered: try await StoreChecks.pagesAreOrdered(store)
      case .pagesAreComplete: try await StoreChecks.pagesAreComplete(store)
      case .positionsStayValid: try await StoreChecks.positionsStayValid(store)
      case .filtersHold: try await StoreChecks.filtersHold(store)
      case .countsAreTrue: try await StoreChecks.countsAreTrue(store)
      case .filesAreCounted: try await StoreChecks.filesAreCounted(store)
      case .questionsTogether: try await StoreChecks.questionsTogether(store)
      case .movesAreSeen: try await StoreChecks.movesAreSeen(store)
      case .readersSeeWholeBatches: try await StoreChecks.readersSeeWholeBatches(store)
      case .keepsBytesAndMilliseconds: try await StoreChecks.keepsBytesAndMilliseconds(store)
      case .agreesWithModel: try await StoreChecks.agreesWithModel(store, make: makeStore)
      }
    }
  }
}
