import KoalrDomain

/// The summaries that one batch changes.
struct RollUp {
  private let store: any Store
  private let connection: ConnectionID
  private var summaries: [ByteText: ActivitySummary] = [:]
  private var changedKeys: Set<ByteText> = []

  init(store: any Store, connection: ConnectionID) {
    self.store = store
    self.connection = connection
  }

  /// The summaries in which something was counted.
  var changed: [ActivitySummary] { changedKeys.sorted().compactMap { summaries[$0] } }

  /// Counts those events that are not counted yet. Returns whether there was one.
  mutating func count(_ events: [ActivityEvent]) async throws -> Bool {
    var isNew = false
    for event in events {
      let key = ByteText(event.summaryID.rawValue)
      let empty = ActivitySummary(repositoryID: event.repository, day: event.day)
      if summaries[key] == nil {
        summaries[key] = try await store.record(ActivitySummary.self, id: event.summaryID, connection: connection)
      }
      guard event.count(in: &summaries[key, default: empty]) else { continue }
      changedKeys.insert(key)
      isNew = true
    }
    return isNew
  }
}
