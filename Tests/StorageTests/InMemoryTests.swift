import KoalrCore
import RecordSupport
import Testing

struct InMemoryTests {
  private static func issue(_ number: Int, at seconds: Int) -> Ticket {
    Ticket(
      id: SourceID(unchecked: "I_\(number)"), repositoryID: RepositoryID(unchecked: "R_\(number % 3)"), number: number,
      state: .open, title: "t", author: nil, createdAt: .distantPast,
      updatedAt: Date(timeIntervalSince1970: Double(seconds)), closedAt: nil, labels: [])
  }

  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func `the order holds over thousands of writes, moves and deletions`(seed: UInt64) async throws {
    let store = InMemoryStore()
    var generator = RecordGenerator(seed: seed)
    var expected: [Int: Int] = [:]
    for round in 0..<40 {
      var batch = StoreBatch(connection: ConnectionID(unchecked: "github"))
      for _ in 0..<200 {
        let number = generator.number(0..<4000)
        if generator.number(0..<4) == 0 {
          batch.delete(Ticket.self, id: RecordID(unchecked: "I_\(number)"))
          expected[number] = nil
        } else {
          let seconds = round * 100 + generator.number(0..<100)
          guard seconds >= expected[number] ?? 0 else { continue }
          batch.upsert(Self.issue(number, at: seconds))
          expected[number] = seconds
        }
      }
      try await store.write(batch)
    }
    let sorted = expected.map { ($0.value, "I_\($0.key)") }.sorted { $0 < $1 }.map(\.1)
    let issues = try await store.all(RecordQuery(Ticket.self, limit: 37))
    #expect(issues.map(\.id.rawValue) == sorted)
    let reversed = try await store.all(RecordQuery(Ticket.self, newestFirst: true, limit: 41))
    #expect(reversed.map(\.id.rawValue) == sorted.reversed())
    let inRepository = try await store.count(RecordQuery(Ticket.self, repository: RepositoryID(unchecked: "R_1")))
    #expect(inRepository == expected.keys.count { $0 % 3 == 1 })
  }

  @Test func `two types under one kind are refused before anything is written`() async throws {
    let store: some Store = .inMemory
    var batch = StoreBatch(connection: ConnectionID(unchecked: "github"))
    batch.upsert(Self.issue(1, at: 1))
    batch.upsert(Impostor(id: "x"))
    let error = await #expect(throws: StoreError.self) { try await store.write(batch) }
    #expect(
      error?.description
        == "Could not write a batch of the connection \"github\": two different types call themselves \"issue\"; "
        + "give each its own kind. Nothing of it was written.")
    #expect(try await store.count(RecordQuery(Ticket.self)) == 0)
  }

  private struct Impostor: StoredRecord {
    var id: String
    static var kind: RecordKind { .issue }
    var recordID: RecordID { RecordID(unchecked: id) }
  }

  @Test(arguments: [(0, 1), (1, 1), (2, 2), (3, 4), (9, 256), (10, 300), (1_000_000, 300)])
  func `a pause doubles up to its maximum`(attempt: Int, seconds: Int) {
    #expect(Backoff().delay(afterAttempt: attempt) == .seconds(seconds))
  }

  @Test func `a lost lease is said with the job and what to do`() async throws {
    let queue: some JobQueue = .inMemory()
    try await queue.enqueue(NewJob(kind: "sync", payload: Data("payload".utf8)))
    let job = try #require(try await queue.claim(limit: 1, lease: .seconds(60), worker: "w").first)
    _ = try await queue.cancel(job.id)
    let error = await #expect(throws: JobQueueError.self) { try await queue.complete(job) }
    #expect(
      error?.description
        == "Could not complete the job (sync 1): the lease is no longer held, so another worker may have the work; "
        + "drop the result and claim again.")
  }
}
