import KoalrCore

/// The store of a run, in memory or in a file.
struct OpenedStore {
  var records: any Store
  /// Saved tokens; a store in memory has none.
  var tokens: (any SealedSecretStorage)?

  init(_ place: StorePlace) async throws {
    switch place {
    case .memory: records = InMemoryStore()
    case .file(let url):
      let file = try await StoreSetup.open(url)
      (records, tokens) = (file.records, file.tokens)
    }
  }
}
