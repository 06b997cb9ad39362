#if SQLite
import Foundation
import KoalrCore
import KoalrSQLiteStorage

/// Reads one repository's 90 days, beside 10, 100 and 1,000 other repositories.
struct ReadBenchmark {
  private let changes = 2_500
  private let changesOfOthers = 100
  private var rounds = 11
  private let connection = ConnectionID(unchecked: "github")
  private let start = Date(timeIntervalSince1970: 1_790_000_000)

  /// - Parameter only: how many other repositories there are, and how many rounds, for a profiler.
  mutating func run(only: [Int]) async throws {
    let sizes = only.first.map { [$0] } ?? [10, 100, 1_000]
    rounds = only.dropFirst().first ?? rounds
    let folder = try BenchmarkFolder()
    defer { try? folder.remove() }
    print(
      "read \(changes) changes with \(BenchmarkChange.files) files of one repository; the others have \(changesOfOthers) changes each;"
        + " \(rounds) rounds")
    for others in sizes {
      let file = folder.newFile()
      try await fill(file, others: others)
      let store = try await SQLiteDatabase(at: file).store
      let query = RecordQuery(
        Change.self, connection: connection, repository: repository(0), times: start..<start.addingTimeInterval(90 * 86_400))
      var window = Measurement()
      for _ in 0..<rounds {
        try await window.measure {
          let count = try await store.all(query).count
          guard count == changes else { throw BenchmarkError(description: "\(count) changes were read instead of \(changes).") }
        }
      }
      print("beside \(others) repositories: \(window.milliseconds)")
    }
  }

  private func repository(_ number: Int) -> RepositoryID { RepositoryID(unchecked: "R_kgDO\(number)") }

  /// Writes the changes of all repositories in turn, as a sync does, so that none lies in one piece.
  private func fill(_ file: URL, others: Int) async throws {
    let store = try await SQLiteDatabase(at: file).store
    let turns = changesOfOthers
    for turn in 0..<turns {
      try await write(changes / turns, of: 0, turn, to: store)
      for other in stride(from: 1, through: others, by: 100) {
        var batch = StoreBatch(connection: connection)
        for number in other...min(other + 99, others) { batch.upsert(BenchmarkChange.make(turn, in: repository(number), start)) }
        try await store.write(batch)
      }
    }
  }

  private func write(_ count: Int, of number: Int, _ turn: Int, to store: SQLiteStore) async throws {
    var batch = StoreBatch(connection: connection)
    for place in 0..<count { batch.upsert(BenchmarkChange.make(turn * count + place, in: repository(number), start)) }
    try await store.write(batch)
  }
}

/// A change of the usual size.
enum BenchmarkChange {
  static let files = 5

  static func make(_ number: Int, in repository: RepositoryID, _ start: Date) -> Change {
    let time = start.addingTimeInterval(Double(number) * 3_000)
    return Change(
      id: ChangeID(unchecked: "PR_\(repository)_\(number)"), repositoryID: repository, number: number,
      title: "Retry payments that the bank did not answer, number \(number)", state: .merged, author: Login(rawValue: "octocat"),
      createdAt: time, updatedAt: time, mergedAt: time, closedAt: time, headSHA: sha(number), baseSHA: sha(number + 1),
      mergeSHA: sha(number + 2), baseBranch: "main", additions: 210, deletions: 40, changedFiles: files, commentCount: 3,
      labels: ["bug", "payments"],
      files: (0..<files).map {
        ChangedFile(
          path: "Sources/Payments/Retrying/RetryPolicy\(number % 97)+\($0).swift", status: .modified, additions: 42, deletions: 8)
      },
      reviews: (0..<2).map {
        Review(
          id: SourceID(unchecked: "PRR_\(number)_\($0)"), author: Login(rawValue: "mona\($0)"), state: .approved,
          submittedAt: time)
      })
  }

  private static func sha(_ number: Int) -> CommitID {
    CommitID(unchecked: String(repeating: "0", count: 40 - String(number).count) + String(number))
  }
}
#endif
