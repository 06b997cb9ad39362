public import KoalrCodeOwnersParser
public import KoalrDomain
public import KoalrRiskModel
public import KoalrStorage

/// Who owned what at a time, as far as the store knows.
///
/// ```swift
/// let ownership = StoredOwnership(store: store, connection: "github")
/// try await ownership.owners(of: "api/routes.swift", in: repository, at: time)   // .known(.owned([@acme/api], line: 3))
/// ```
///
/// A version of the file holds from when a sync or an event saw it first until the next one was seen. For many paths take
/// ``rules(of:at:)`` once.
public struct StoredOwnership: Sendable {
  private let store: any Store
  private let connection: ConnectionID
  private let dialect: CodeOwnersParser.Dialect?

  /// Makes the view of what came through a connection.
  ///
  /// - Parameters:
  ///   - store: Where the records are.
  ///   - connection: Whose repositories are meant.
  ///   - dialect: Whose rules apply; `nil` to take what each file shows.
  public init(store: some Store, connection: ConnectionID, dialect: CodeOwnersParser.Dialect? = .gitHub) {
    self.store = store
    self.connection = connection
    self.dialect = dialect
  }

  /// Returns who owned a path, relative to the repository, at a time. Parses the file that held then.
  ///
  /// - Throws: `StoreError`.
  public func owners(of path: String, in repository: RepositoryID, at time: Date) async throws -> Evidence<Ownership> {
    switch try await rules(of: repository, at: time) {
    case .known(let file): .known(file?.owners(of: path) ?? .noRule)
    case .missing(let reason): .missing(reason: reason)
    }
  }

  /// Returns the rules that held at a time; `nil` when it is known that there were none.
  ///
  /// - Throws: `StoreError`.
  public func rules(of repository: RepositoryID, at time: Date) async throws -> Evidence<CodeOwnersFile?> {
    guard let version = try await version(of: repository, at: time) else {
      return .missing(reason: "nothing is stored about CODEOWNERS at that time")
    }
    guard let file = version.file else { return .known(nil) }
    guard let text = file.text else { return .missing(reason: "the host did not give the text of \(file.path)") }
    let dialect = dialect ?? .detected(path: file.path, bytes: Array(text.utf8))
    return .known(CodeOwnersParser(dialect: dialect).parse(text))
  }

  /// Returns the version that held at a time, or `nil` before the first one was seen. Costs one record.
  ///
  /// - Throws: `StoreError`.
  public func version(of repository: RepositoryID, at time: Date) async throws -> CodeOwnersVersion? {
    // The end of a range does not belong to it.
    try await newest(of: repository, times: .distantPast..<max(time.nextMillisecond, .distantPast))
  }

  /// Returns the newest version.
  ///
  /// - Throws: `StoreError`.
  public func newestVersion(of repository: RepositoryID) async throws -> CodeOwnersVersion? {
    try await newest(of: repository, times: nil)
  }

  /// Returns the report of the last check, or `nil` before the first one. Older ones are records, too.
  ///
  /// - Throws: `StoreError`.
  public func newestReport(of repository: RepositoryID) async throws -> OwnershipReport? {
    let query = RecordQuery(
      OwnershipReport.self, connection: connection, repository: repository, newestFirst: true, limit: 1)
    return try await store.page(query).records.first?.value
  }

  /// Returns what the last check found and no later one resolved, oldest first.
  ///
  /// - Throws: `StoreError`.
  public func openEvents(of repository: RepositoryID) async throws -> [OwnershipEvent] {
    try await store.all(RecordQuery(OwnershipEvent.self, connection: connection, repository: repository)).filter(\.isOpen)
  }

  private func newest(of repository: RepositoryID, times: Range<Date>?) async throws -> CodeOwnersVersion? {
    let query = RecordQuery(
      CodeOwnersVersion.self, connection: connection, repository: repository, times: times, newestFirst: true, limit: 1)
    return try await store.page(query).records.first?.value
  }
}
