public import KoalrDomain

/// Keeps the records that syncs write and scores are made from.
///
/// *Using one:* collect what belongs together in a ``StoreBatch`` and write it; read records by id, by repository and by time
/// window, in pages. ``Store/inMemory`` needs nothing.
///
/// *Writing one:* keep the promises of `StoreContract`; ``StoreBatch/validate()`` and ``StampedRecord`` hold the rules that every store
/// shares. In short:
/// - A batch is written whole or not at all, with its checkpoint.
/// - A record is identified by connection, kind and the source's stable id.
/// - Newer wins, part by part: by the version time where both sides have one (equal counts as newer), else by order of writing.
///   Writing the same batch again changes nothing.
/// - A deletion leaves a tombstone: a value that is not newer than the deletion does not bring the record back. A deletion that is
///   older than the record is ignored; one without a version removes the record and holds until the next value is written.
/// - Replacing a set removes what is not in it, without tombstones, because what is missing from a list may come back.
/// - Forgetting a connection leaves nothing of it, tombstones included, and all else as it was.
public protocol Store: Sendable {
  /// Writes a batch, whole or not at all.
  ///
  /// - Throws: ``StoreError``.
  func write(_ batch: StoreBatch) async throws

  /// Returns one record, or `nil`.
  func record<Record: StoredRecord>(_ type: Record.Type, id: RecordID, connection: ConnectionID) async throws -> Record?

  /// Returns one page of records, ordered by time, connection and id, the latter two by bytes (records without a time come first).
  func page<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> RecordPage<Record>

  /// Reads every record of several queries, each into an array of its own. Only for what is known to be small, such as one
  /// repository's window.
  ///
  /// By default it reads page by page. A store where each question costs something by itself answers all of them together.
  func all<each Record: StoredRecord>(of queries: repeat RecordQuery<each Record>) async throws -> (repeat [each Record])

  /// Returns how many records a query has over all its pages.
  func count<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> Int

  /// Returns how many files the records of a query name together, over all its pages.
  ///
  /// By default it reads page by page. A store that keeps records as bytes has no need to.
  func countFiles<Record: FileHolding>(of query: RecordQuery<Record>) async throws -> Int

  /// Removes everything that came through a connection for good: its records of every kind, and its tombstones.
  ///
  /// - Returns: how many records were removed.
  /// - Throws: ``StoreError``; then nothing was removed, or its reason says that the records are gone and what is left to do.
  @discardableResult
  func forget(_ connection: ConnectionID) async throws -> Int
}

/// Which records to read, and in which order.
public struct RecordQuery<Record: StoredRecord>: Sendable {
  /// Only records of this connection.
  public var connection: ConnectionID?
  /// Only records of this repository.
  public var repository: RepositoryID?
  /// Only records whose time lies in this range.
  public var times: Range<Date>?
  /// Newest first instead of oldest first.
  public var newestFirst: Bool
  /// Where the page begins; `nil` for the first one.
  public var after: RecordPosition?
  /// The most records on a page.
  public var limit: Int

  /// Makes a query; without arguments it reads everything of its kind.
  public init(
    _ type: Record.Type = Record.self, connection: ConnectionID? = nil, repository: RepositoryID? = nil,
    times: Range<Date>? = nil,
    newestFirst: Bool = false, after: RecordPosition? = nil, limit: Int = 500
  ) {
    precondition(limit > 0, "A page needs room for at least one record.")
    self.connection = connection
    self.repository = repository
    self.times = times
    self.newestFirst = newestFirst
    self.after = after
    self.limit = limit
  }
}

/// Where a page of records ended. It stays valid while records are written: the next page begins behind it.
public struct RecordPosition: Hashable, Sendable {
  /// The time of the last record; `nil` for one without a time.
  public var time: Date?
  /// The connection of the last record.
  public var connection: ConnectionID
  /// The id of the last record.
  public var id: RecordID

  /// Makes a position.
  public init(time: Date?, connection: ConnectionID, id: RecordID) {
    self.time = time
    self.connection = connection
    self.id = id
  }
}

/// One page of records.
public struct RecordPage<Record: StoredRecord>: Sendable {
  /// The records, each with its connection.
  public var records: [Held<Record>]
  /// Where the next page begins; `nil` after the last one.
  public var next: RecordPosition?

  /// Makes a page.
  public init(_ records: [Held<Record>], next: RecordPosition?) {
    self.records = records
    self.next = next
  }
}

/// A record with the connection it came through.
public struct Held<Record: StoredRecord>: Hashable, Sendable {
  /// The connection.
  public var connection: ConnectionID
  /// The record.
  public var value: Record

  /// Makes a pair.
  public init(connection: ConnectionID, value: Record) {
    self.connection = connection
    self.value = value
  }
}

extension Store {
  /// Calls `body` with each page in turn.
  public func forEachPage<Record: StoredRecord>(
    _ query: RecordQuery<Record>, body: ([Held<Record>]) async throws -> Void
  ) async throws {
    var query = query
    while true {
      try Task.checkCancellation()
      let page = try await page(query)
      try await body(page.records)
      guard let next = page.next else { return }
      query.after = next
    }
  }

  /// Returns a checkpoint, or `nil` before the first page.
  public func checkpoint(_ scope: SourceID, connection: ConnectionID) async throws -> SyncCheckpoint? {
    try await record(SyncCheckpoint.self, id: RecordID(unchecked: scope.rawValue), connection: connection)
  }
}

/// Why a store could not do something.
public struct StoreError: Error, Sendable, CustomStringConvertible {
  /// What kind of failure.
  public var code: Code
  /// What was tried.
  public var operation: String
  /// Why it failed and what to do next, in one sentence that is safe in any log.
  public var reason: String

  /// A kind of failure; may grow.
  public struct Code: Hashable, Sendable {
    private let word: String
    /// The store cannot be reached or opened.
    public static let unavailable = Self(word: "unavailable")
    /// What is stored cannot be understood.
    public static let damaged = Self(word: "damaged")
    /// There is no room left.
    public static let full = Self(word: "full")
    /// What was to be written makes no sense.
    public static let invalid = Self(word: "invalid")
  }

  /// Makes an error.
  public init(_ code: Code, operation: String, reason: String) {
    self.code = code
    self.operation = operation
    self.reason = reason
  }

  /// One sentence, safe in any log.
  public var description: String { "Could not \(operation): \(reason)" }
}
