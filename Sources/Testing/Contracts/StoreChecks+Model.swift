import KoalrCore

extension StoreChecks {
  /// Writes random batches with few ids and times, so that everything meets everything, now and then forgets a connection, and
  /// compares after each.
  static func agreesWithModel(_ store: any Store, make: @Sendable () async throws -> any Store) async throws {
    for seed in 1...12 as ClosedRange<UInt64> {
      let store = seed == 1 ? store : try await make()
      var model = StoreModel()
      var source = BatchSource(seed: seed)
      for round in 0..<25 {
        let batch = source.batch()
        try await store.write(batch)
        model.write(batch)
        let place = "seed \(seed), batch \(round)"
        if let forgotten = source.forgotten() {
          try require(
            try await store.forget(forgotten), is: model.forget(forgotten), "The number of records forgotten, \(place)")
        }
        try await compare(store, model, Issue.self, &source, place)
        try await compare(store, model, Change.self, &source, place)
        try await compare(store, model, Team.self, &source, place)
        try await compare(store, model, Incident.self, &source, place)
        try await compare(store, model, ChangeCoverage.self, &source, place)
      }
    }
  }

  private static func compare<Record: StoredRecord>(
    _ store: any Store, _ model: StoreModel, _ type: Record.Type, _ source: inout BatchSource, _ place: String
  ) async throws {
    for var query in [RecordQuery(type), source.query(type)] {
      let expected = model.records(query)
      try require(try await store.count(query), is: expected.count, "The count of \(Record.kind) records, \(place)")
      var read: [Held<Record>] = []
      repeat {
        let page = try await store.page(query)
        read += page.records
        query.after = page.next
      } while query.after != nil && read.count <= expected.count
      try require(read, is: expected, "The \(Record.kind) records, \(place)")
      for held in expected.prefix(3) {
        let record = try await store.record(type, id: held.value.recordID, connection: held.connection)
        try require(record, is: held.value, "One \(Record.kind) record, \(place)")
      }
    }
  }
}

/// Random batches and queries from a seed.
struct BatchSource {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  // SplitMix64, by Sebastiano Vigna: small, and good enough to mix operations.
  private mutating func number(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(count))
  }

  private mutating func id(_ prefix: String) -> String { "\(prefix)\(number(5))" }
  private mutating func repository() -> RepositoryID { RepositoryID(unchecked: "R_\(number(3))") }
  private mutating func connection() -> ConnectionID { number(2) == 0 ? StoreChecks.one : StoreChecks.two }
  private mutating func time() -> Date { StoreChecks.time(number(8)) }

  mutating func batch() -> StoreBatch {
    var batch = StoreBatch(connection: connection())
    for _ in 0..<number(9) { add(to: &batch) }
    return batch
  }

  /// A connection to forget, now and then.
  mutating func forgotten() -> ConnectionID? { number(8) == 0 ? connection() : nil }

  private mutating func add(to batch: inout StoreBatch) {
    switch number(12) {
    case 0, 1, 2: batch.upsert(issue(in: repository()))
    case 3, 4: batch.upsert(change())
    case 5: batch.upsert(StoreChecks.team(id("T"), name: id("name")))
    case 6: batch.upsert(coverage())
    case 7: batch.upsert(incident())
    case 8: batch.delete(Issue.self, id: RecordID(unchecked: id("I")), version: number(4) == 0 ? nil : time())
    case 9: batch.delete(Change.self, id: RecordID(unchecked: id("P")), version: number(2) == 0 ? nil : time())
    case 10:
      let repository = repository()
      batch.replace(all: Issue.self, in: repository, with: (0..<number(4)).map { _ in issue(in: repository) })
    default:
      batch.delete(Team.self, id: RecordID(unchecked: id("T")), version: time())
      batch.replace(all: Incident.self, with: (0..<number(3)).map { _ in incident() })
    }
  }

  private mutating func issue(in repository: RepositoryID) -> Issue {
    StoreChecks.issue(id("I"), repository: repository.rawValue, at: number(8), title: id("title"))
  }

  private mutating func change() -> Change {
    var change = StoreChecks.change(id("P"), at: number(8), title: id("title"))
    change.repositoryID = repository()
    if number(2) == 0 { change.files = [StoreChecks.file(id("file"))] }
    if number(2) == 0 { change.labels = [id("label")] }
    if number(3) == 0 { change.checks = [] }
    return change
  }

  private mutating func coverage() -> ChangeCoverage {
    ChangeCoverage(
      changeID: ChangeID(unchecked: id("P")), repositoryID: repository(), headSHA: nil, base: nil, head: nil,
      delta: Double(number(9)), patch: nil, files: nil, untrackedFiles: nil, updatedAt: number(3) == 0 ? nil : time())
  }

  private mutating func incident() -> Incident {
    Incident(
      id: IncidentID(source: .revert, id: id("X")), repositoryID: number(2) == 0 ? nil : repository(), title: id("title"),
      startedAt: time(), resolvedAt: nil, confidence: 1, causeSHA: nil)
  }

  mutating func query<Record: StoredRecord>(_ type: Record.Type) -> RecordQuery<Record> {
    let start = number(8)
    let window = number(2) == 0 ? nil : StoreChecks.time(start)..<StoreChecks.time(start + number(6))
    return RecordQuery(
      connection: number(2) == 0 ? nil : connection(), repository: number(2) == 0 ? nil : repository(), times: window,
      newestFirst: number(2) == 0, limit: 1 + number(6))
  }
}
