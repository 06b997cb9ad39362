#if SQLite
import KoalrCore

/// What is written, batch by batch: the same for every process, so that whoever looks afterwards knows what must be there.
enum Script {
  static let connection = ConnectionID(unchecked: "soak")
  static let scope = SourceID(unchecked: "soak")
  /// Few enough that batches overwrite, move and delete what others wrote.
  static let ids = 400

  static func batch(_ number: Int) -> StoreBatch {
    var batch = StoreBatch(connection: connection)
    for place in 0..<records(in: number) {
      let id = mix(number, place) % ids
      if mix(id, number) % 7 == 0 {
        batch.delete(Issue.self, id: RecordID(unchecked: "I\(id)"))
      } else {
        batch.upsert(issue(id, in: number))
      }
    }
    if number % 10 == 0 { batch.replace(all: Team.self, with: (0..<(number % 5)).map { team($0, in: number) }) }
    batch.checkpoint(SyncCheckpoint(scope: scope, cursor: String(number), complete: false, since: nil, time: time(number)))
    return batch
  }

  private static func records(in number: Int) -> Int { 1 + mix(number, -1) % 40 }

  private static func issue(_ id: Int, in number: Int) -> Issue {
    Issue(
      id: SourceID(unchecked: "I\(id)"), repositoryID: RepositoryID(unchecked: "R\(mix(id, number) % 3)"), number: id,
      state: .open,
      title: "\(number)", author: nil, createdAt: time(0), updatedAt: time(number), closedAt: nil,
      labels: (0..<(mix(number, id) % 30)).map { "label \($0) of \(number)" })
  }

  private static func team(_ place: Int, in number: Int) -> Team {
    Team(
      id: SourceID(unchecked: "T\(place)"), organization: "acme", slug: "t\(place)", name: "\(number)", parent: nil, members: [])
  }

  private static func time(_ number: Int) -> Date { Date(timeIntervalSince1970: 1_790_000_000 + Double(number)) }

  /// Scrambles two numbers (the finaliser of MurmurHash3).
  private static func mix(_ first: Int, _ second: Int) -> Int {
    var bits = UInt64(truncatingIfNeeded: first &* 1_000_003 &+ second)
    bits = (bits ^ (bits >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    bits = (bits ^ (bits >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return Int((bits ^ (bits >> 33)) >> 1)
  }
}
#endif
