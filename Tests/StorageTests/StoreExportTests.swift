import KoalrCore
import RecordSupport
import Testing

struct StoreExportTests {
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `an export read into an empty store gives an equal store and the same bytes`(seed: UInt64) async throws {
    let store = InMemoryStore()
    var generator = RecordGenerator(seed: seed)
    for _ in 0..<40 {
      var batch = StoreBatch(connection: ConnectionID(unchecked: generator.pick(["github", "codecov", "é"])))
      for _ in 0..<40 { batch.upsert(generator.record(generator.number(0..<RecordGenerator.kinds))) }
      try await store.write(batch)
    }
    let folder = try TemporaryFolder()
    let (first, second) = (folder.file("first.jsonl"), folder.file("second.jsonl"))
    let lines = try await StoreExport(store).write(to: first)
    let copy = InMemoryStore()
    let counts = try await StoreImport(copy).read(from: first)
    try await StoreExport(copy).write(to: second)
    #expect(try Data(contentsOf: first) == Data(contentsOf: second))
    #expect(counts.records == lines)
    #expect(try await StoreSummary(store).counts() == counts)
    try await expectEqual(store, copy)
  }

  private func expectEqual(_ left: InMemoryStore, _ right: InMemoryStore) async throws {
    func compare<Record: StoredRecord>(_ type: Record.Type) async throws {
      let query = RecordQuery(type, limit: .max)
      let (all, others) = (try await left.page(query).records, try await right.page(query).records)
      #expect(!all.isEmpty && all == others)
    }
    try await compare(Connection.self)
    try await compare(Repository.self)
    try await compare(Change.self)
    try await compare(Commit.self)
    try await compare(CodeOwnersSnapshot.self)
    try await compare(Deployment.self)
    try await compare(Ticket.self)
    try await compare(Incident.self)
    try await compare(Team.self)
    try await compare(Contributor.self)
    try await compare(RepositoryCoverage.self)
    try await compare(ChangeCoverage.self)
    try await compare(Vulnerability.self)
    try await compare(LicenseIssue.self)
    try await compare(RiskAssessment.self)
    try await compare(ActivitySummary.self)
    try await compare(Webhook.self)
    try await compare(ChangeDependencies.self)
    try await compare(SyncCheckpoint.self)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `keys are unique and lines are sorted by kind, connection and key`(seed: UInt64) async throws {
    let store = InMemoryStore()
    var generator = RecordGenerator(seed: seed)
    var batch = StoreBatch(connection: ConnectionID(unchecked: "github"))
    for _ in 0..<2000 { batch.upsert(generator.record(generator.number(0..<RecordGenerator.kinds))) }
    try await store.write(batch)
    let lines = try await ExportLine.all(of: store)
    let places = lines.map {
      Place(kind: StoreCounts.names.firstIndex(of: $0.kind) ?? 99, connection: $0.connection, key: $0.key)
    }
    #expect(zip(places, places.dropFirst()).allSatisfy { $0.precedes($1) })
  }

  private struct Place {
    var kind: Int
    var connection: String
    var key: String

    func precedes(_ other: Self) -> Bool {
      if kind != other.kind { return kind < other.kind }
      let (left, right) = (connection.utf8, other.connection.utf8)
      return left.elementsEqual(right)
        ? key.utf8.lexicographicallyPrecedes(other.key.utf8) : left.lexicographicallyPrecedes(right)
    }
  }

  @Test func `every record is called by its repository's current name, also those of other connections`() async throws {
    let store = try await ExportSample.store()
    let keys = try await ExportLine.all(of: store).map { "\($0.kind) \($0.connection) \($0.key)" }
    #expect(keys == ExportSample.keys)
  }

  @Test(arguments: ExportSample.fields)
  func `a value holds at least the documented fields, unknown ones as null`(kind: String, fields: [String]) async throws {
    let store = try await ExportSample.store()
    let line = try #require(try await ExportLine.all(of: store).first { $0.kind == kind })
    for field in fields { #expect(line.has(field), "\(kind) has no \(field): \(line.text)") }
  }

  @Test func `the lines are as documented to the byte`() async throws {
    let store = InMemoryStore()
    var batch = StoreBatch(connection: ConnectionID(unchecked: "codecov"))
    batch.upsert(
      ChangeCoverage(
        changeID: ChangeID(unchecked: "PR_1"), repositoryID: RepositoryID(unchecked: "R_1"), headSHA: nil,
        base: CoverageTotals(hits: 1, lines: 3), head: nil, delta: -0.0, patch: CoverageTotals(hits: 0, lines: 0),
        files: [FileCoverage(path: "a/b \"c\"\u{1}", hits: 2, lines: 4)], untrackedFiles: 0,
        updatedAt: Date(timeIntervalSince1970: 1_795_176_000.5)))
    try await store.write(batch)
    let line = try await ExportLine.all(of: store).map(\.text)
    #expect(
      line == [
        #"{"kind":"changeCoverage","key":"R_1#PR_1","connection":"codecov","value":{"base":{"hits":1,"lines":3,"#
          + #""percent":33.333333333333336},"changeID":"PR_1","delta":0,"files":[{"hits":2,"lines":4,"#
          + #""path":"a/b \"c\"\u0001"}],"head":null,"headSHA":null,"patch":{"hits":0,"lines":0,"percent":null},"#
          + #""repository":"R_1","repositoryID":"R_1","untrackedFiles":0,"updatedAt":"2026-11-20T12:00:00.500Z"}}"#
      ])
  }

  @Test(arguments: [
    ("https://user:secret@host.example/acme/api.git", "https://host.example/acme/api.git"),
    ("https://secret@host.example:8443/acme/api", "https://host.example:8443/acme/api"),
    ("https://host.example/acme/api?token=secret#secret", "https://host.example/acme/api"),
    ("ssh://git@host.example/acme/api", "ssh://host.example/acme/api"), ("/home/me/api", "/home/me/api"),
    ("https://secret@host.example", "https://host.example"), ("https://host.example/a@b", "https://host.example/a@b"), ("", ""),
  ])
  func `no credential leaves in a clone address`(address: String, exported: String) async throws {
    let store = InMemoryStore()
    var batch = StoreBatch(connection: ConnectionID(unchecked: "github"))
    batch.upsert(ExportSample.repository(cloneURL: address))
    try await store.write(batch)
    let line = try await ExportLine.all(of: store)
    #expect(line.first?.string("cloneURL") == exported)
    #expect(line.allSatisfy { !$0.text.contains("secret") })
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `a number without a written form is refused with the record's name`(number: Double) async throws {
    let store = InMemoryStore()
    var batch = StoreBatch(connection: ConnectionID(unchecked: "codecov"))
    batch.upsert(
      RepositoryCoverage(
        repositoryID: RepositoryID(unchecked: "R_1"), sha: CommitID(unchecked: String(repeating: "a", count: 40)), hits: nil,
        lines: nil, percent: number, trend: nil, measuredAt: nil))
    try await store.write(batch)
    let error = await #expect(throws: StoreError.self) { try await ExportLine.all(of: store) }
    #expect(
      error?.description == "Could not export the coverage \"R_1@\(String(repeating: "a", count: 40))\" of the connection "
        + "\"codecov\": It holds a number that is not finite. Delete the record, or sync it again, and repeat the export.")
  }

  @Test func `a failed export leaves the old file and no half one`() async throws {
    let folder = try TemporaryFolder()
    let file = folder.file("store.jsonl")
    try Data("old".utf8).write(to: file)
    let store = InMemoryStore()
    var batch = StoreBatch(connection: ConnectionID(unchecked: "github"))
    batch.upsert(ExportSample.incident(confidence: .nan))
    try await store.write(batch)
    await #expect(throws: StoreError.self) { try await StoreExport(store).write(to: file) }
    #expect(try Data(contentsOf: file) == Data("old".utf8))
    #expect(!FileManager.default.fileExists(atPath: file.path + ".partial"))
  }
}
