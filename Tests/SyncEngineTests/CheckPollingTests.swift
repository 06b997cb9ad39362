import KoalrCore
import KoalrTesting
import Testing

/// Checks move without moving anything else, so a later run polls those of the open changes: as cheaply as it may.
struct CheckPollingTests {
  private static let id = RecordID(unchecked: "PR_R_api_2")
  private static let passed = check("success")
  private static let running = check(nil)

  private static func check(_ conclusion: String?, name: String = "build") -> Check {
    Check(name: name, conclusion: conclusion, completedAt: conclusion.map { _ in SmallWorld.day(5) })
  }

  /// The small world with these checks of its one open change, to which something happened so many days ago.
  private static func world(_ checks: [Check], touched days: Double) throws -> MockWorld {
    var world = SmallWorld.make()
    let index = try #require(world.repositories[0].changes.firstIndex { $0.recordID == id })
    world.repositories[0].changes[index].updatedAt = SmallWorld.day(days)
    world.repositories[0].changes[index].checks = checks
    return world
  }

  /// A first run, and one an hour later over another world.
  private static func later(_ first: MockWorld, _ second: MockWorld, failures: FailurePlan = .none) async throws -> EngineRun {
    let run = try await EngineRun(first)
    return try await EngineRun(second, failures: failures, store: run.store, now: SmallWorld.now.addingTimeInterval(3600))
  }

  private static func stored(_ run: EngineRun) async throws -> [Check]? {
    try await run.store.record(Change.self, id: id, connection: try ConnectionID("github"))?.checks
  }

  @Test(arguments: [[], [passed], [passed, check("failure", name: "lint")]])
  func `where the checks ended days ago only their verdict is asked for`(_ checks: [Check]) async throws {
    let world = try Self.world(checks, touched: 3)
    let run = try await Self.later(world, world)
    #expect(run.report.isComplete, "\(run.report.gaps)")
    #expect(run.remote.calls.contains { $0.operation == .checkRollupsAgain })
    #expect(!run.remote.calls.contains { $0.operation == .checksAgain })
    #expect(try await Self.stored(run) == checks)
  }

  @Test func `where the verdict is another one the checks are read`() async throws {
    let moved = [Self.check("failure")]
    let run = try await Self.later(try Self.world([Self.passed], touched: 3), try Self.world(moved, touched: 3))
    #expect(try await Self.stored(run) == moved)
  }

  @Test(arguments: [([running], 3.0), ([passed], 0.5)])
  func `where checks may still come they are read without asking for the verdict`(_ known: [Check], _ days: Double) async throws {
    let moved = [Self.passed, Self.check("success", name: "deploy")]
    let run = try await Self.later(try Self.world(known, touched: days), try Self.world(moved, touched: days))
    #expect(!run.remote.calls.contains { $0.operation == .checkRollupsAgain })
    #expect(try await Self.stored(run) == moved)
  }

  @Test func `where the verdict cannot be had the checks are read, and nothing is missing`() async throws {
    var failures = FailurePlan()
    failures.fail(.checkRollupsAgain, in: SmallWorld.api, with: .unavailable)
    let moved = [Self.check("failure")]
    let run = try await Self.later(
      try Self.world([Self.passed], touched: 3), try Self.world(moved, touched: 3), failures: failures)
    #expect(run.report.isComplete, "\(run.report.gaps)")
    #expect(try await Self.stored(run) == moved)
  }

  @Test func `a change that is gone is removed`() async throws {
    let first = try Self.world([Self.passed], touched: 3)
    var second = first
    second.repositories[0].changes.removeAll { $0.recordID == Self.id }
    let run = try await Self.later(first, second)
    #expect(try await run.store.record(Change.self, id: Self.id, connection: try ConnectionID("github")) == nil)
  }
}
