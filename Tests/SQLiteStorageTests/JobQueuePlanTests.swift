#if SQLite
import KoalrCore
import PeerSupport
@testable import KoalrSQLiteStorage
import Testing

struct JobQueuePlanTests {
  /// How SQLite finds the rows of each statement. No step may read all jobs or sort; counting is the exception, by index.
  private static let plans: [JobStatement: [String]] = [
    .insert: [],
    .holder: ["SEARCH job USING INDEX job_by_key (key=?)"],
    .hasDue: ["SCAN CONSTANT ROW", "SCALAR SUBQUERY 1", "SEARCH job USING INDEX job_due (state=?)"],
    .hasMoving: [
      "SCAN CONSTANT ROW", "SCALAR SUBQUERY 1", "SEARCH job USING INDEX job_delayed (state=? AND time<?)", "SCALAR SUBQUERY 2",
      "SEARCH job USING INDEX job_claimed (state=? AND time<?)",
    ],
    .moveDelayed: ["SEARCH job USING INDEX job_delayed (state=? AND time<?)"],
    .moveExpired: ["SEARCH job USING INDEX job_claimed (state=? AND time<?)"],
    .next: ["SEARCH job USING INDEX job_due (state=?)"],
    .hasDueOfKinds: [
      "SCAN CONSTANT ROW", "SCALAR SUBQUERY 2", "SEARCH job USING INDEX job_due (state=?)", "LIST SUBQUERY 1",
      "SCAN json_each VIRTUAL TABLE INDEX 1:",
    ],
    .nextOfKinds: ["SEARCH job USING INDEX job_due (state=?)", "LIST SUBQUERY 1", "SCAN json_each VIRTUAL TABLE INDEX 1:"],
    .claim: ["SEARCH job USING INTEGER PRIMARY KEY (rowid=?)"],
    .extend: ["SEARCH job USING INTEGER PRIMARY KEY (rowid=?)"],
    .complete: ["SEARCH job USING INTEGER PRIMARY KEY (rowid=?)"],
    .giveBack: ["SEARCH job USING INTEGER PRIMARY KEY (rowid=?)"],
    .giveUp: ["SEARCH job USING INTEGER PRIMARY KEY (rowid=?)"],
    .cancel: ["SEARCH job USING INTEGER PRIMARY KEY (rowid=?)"],
    .deadLetters: ["SEARCH job USING INDEX job_dead (state=?)"],
    .counts: [
      "SCAN CONSTANT ROW", "SCALAR SUBQUERY 1", "SEARCH job USING INDEX job_due (state=?)", "SCALAR SUBQUERY 2",
      "SEARCH job USING INDEX job_delayed (state=?)", "SCALAR SUBQUERY 3", "SEARCH job USING INDEX job_claimed (state=?)",
      "SCALAR SUBQUERY 4", "SEARCH job USING INDEX job_dead (state=?)",
    ],
  ]

  @Test(arguments: JobStatement.allCases)
  func `finds its rows by number or by the index of their state`(_ statement: JobStatement) async throws {
    let steps = try await withJobFile { file in
      try await SQLiteDatabase(at: file).writer.run("explain") { connection in
        let rows = try connection.prepared("EXPLAIN QUERY PLAN " + statement.rawValue)
        var steps: [String] = []
        // Versions differ in whether they see that an index covers a statement.
        while try rows.step() { steps.append(rows.text(3).replacing("COVERING ", with: "")) }
        return steps
      }
    }
    #expect(steps == Self.plans[statement])
  }
}
#endif
