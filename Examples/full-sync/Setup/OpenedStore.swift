import KoalrCore

/// The store of a run, in memory or in a file.
struct OpenedStore {
  var records: any Store
  /// Saved tokens; a store in memory has none.
  var tokens: (any SealedSecretStorage)?

  init(_ place: StorePlace) async throws {
    switch place {
    case .memory: self.init(records: InMemoryStore(), tokens: nil)
    case .file(let url): self.init(try await StoreSetup.open(url))
    }
  }

  init(_ file: any DatabaseFile) { self.init(records: file.records, tokens: file.tokens) }

  private init(records: any Store, tokens: (any SealedSecretStorage)?) { (self.records, self.tokens) = (records, tokens) }
}
