import KoalrCore
import RecordSupport
import Testing

struct SeveralQueriesTests {
  @Test func `several queries at once bring what each brings alone, over all pages`() async throws {
    let store: any Store = InMemoryStore()
    let connection = ConnectionID(unchecked: "github")
    var batch = StoreBatch(connection: connection)
    for number in 0..<7 {
      let time = Date(timeIntervalSince1970: Double(number))
      batch.upsert(
        Ticket(
          id: SourceID(unchecked: "I_\(number)"), repositoryID: RepositoryID(unchecked: "R"), number: number, state: .open,
          title: "t", author: nil, createdAt: time, updatedAt: time, closedAt: nil, labels: []))
    }
    let run = SourceID(unchecked: "run")
    batch.checkpoint(SyncCheckpoint(scope: run, cursor: nil, complete: true, since: nil, time: Date(timeIntervalSince1970: 0)))
    try await store.write(batch)
    let (tickets, checkpoints, changes) = try await store.all(
      of: RecordQuery(Ticket.self, newestFirst: true, limit: 3), RecordQuery(SyncCheckpoint.self),
      RecordQuery(Change.self))
    #expect(tickets.map(\.number) == [6, 5, 4, 3, 2, 1, 0])
    #expect(checkpoints.map(\.scope.rawValue) == ["run"] && changes.isEmpty)
  }
}
