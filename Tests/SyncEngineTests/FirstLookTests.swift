import KoalrCore
import KoalrTesting
import Testing

@testable import KoalrSyncEngine

struct FirstLookTests {
  @Test(arguments: [
    ([3, 3, 3], 6, [2, 2, 2]), ([9, 1, 0], 100, [9, 1, 1]), ([100, 10, 1], 23, [19, 3, 1]), ([5, 5, 5], 2, [1, 1, 1]),
    ([5, 5, 5], 10, [4, 3, 3]), ([], 10, []), ([1, 1], 2, [1, 1]), ([500], 40, [40]),
  ])
  func `the first look is shared among repositories by what each has open`(open: [Int], most: Int, shares: [Int]) {
    let repositories = open.indices.map { RepositoryID(unchecked: "R\($0)") }
    let counts = Dictionary(uniqueKeysWithValues: zip(repositories, open))
    let found = FirstLookShares(repositories, open: counts, most: most)
    #expect(repositories.map { found[$0] } == shares)
  }

  @Test func `shares are used up, none is larger than what is open, and none is nothing`() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      let repositories = (0..<Int.random(in: 1...40, using: &generator)).map { RepositoryID(unchecked: "R\($0)") }
      let counts = Dictionary(uniqueKeysWithValues: repositories.map { ($0, Int.random(in: 1...60, using: &generator)) })
      let most = Int.random(in: 0...1_500, using: &generator)
      let found = FirstLookShares(repositories, open: counts, most: most)
      let sum = repositories.reduce(0) { $0 + found[$1] }
      #expect(sum == min(counts.values.reduce(0, +), max(most, repositories.count)))
      #expect(repositories.allSatisfy { (1...(counts[$0] ?? 0)).contains(found[$0]) })
    }
  }

  @Test func `a repository of which nobody knows what is open has the usual share`() {
    let repositories = ["R0", "R1", "R2"].map { RepositoryID(unchecked: $0) }
    let found = FirstLookShares(repositories, open: [repositories[0]: 10, repositories[1]: 10], most: 15)
    #expect(repositories.map { found[$0] } == [5, 5, 5])
  }

  @Test(arguments: [0, 4, 7, 1_000])
  func `before the window is read, every repository has a first score and no more changes than are wanted have one`(
    most: Int
  ) async throws {
    let found = try await Self.firstScores(SyncOptions(firstLook: most))
    let open = Self.world.repositories.map { $0.changes.filter { $0.state == .open } }
    #expect(found.keys.count == Self.world.repositories.count)
    // The newest change of the repository where nothing is open comes on top.
    let expected = min(open.joined().count, max(most, open.count { !$0.isEmpty })) + open.count { $0.isEmpty }
    #expect(found.values.joined().count == expected)
    for (repository, numbers) in found {
      let newest = try #require(Self.world[repository]).changes.filter { change in
        change.state == .open || Self.world[repository]?.changes.contains { $0.state == .open } == false
      }
      .sorted { $0.updatedAt > $1.updatedAt }.prefix(numbers.count)
      #expect(Set(newest.compactMap(\.number)) == Set(numbers))
    }
  }

  @Test func `a first run asks for the newest times after the first scores, a second one with the repositories`() async throws {
    let remote = MockRemote(Self.world)
    let store = InMemoryStore()
    func run(_ now: Date) async throws -> [MockOperation] {
      let before = remote.calls.count
      let adapters = MockAdapters(remote)
      let engine = SyncEngine(
        sources: SyncSources(codeHost: adapters.codeHost, history: adapters.history), store: store,
        clock: ManualClock(startingAt: now))
      #expect(try await engine.run().isComplete)
      return remote.calls[before...].map(\.operation)
    }
    let first = try await run(SmallWorld.now)
    let changes = try #require(first.firstIndex(of: .changes))
    #expect(try #require(first.firstIndex(of: .times)) > changes)
    let kept = try await store.all(RecordQuery(Repository.self))
    #expect(Set(kept) == Set(Self.world.repositories.map(\.repository)))
    #expect(try await !run(SmallWorld.now.addingTimeInterval(3600)).contains(.times))
    #expect(try await store.all(RecordQuery(Repository.self)) == kept)
  }

  @Test func `a run that goes on does not look again at what the interrupted one looked at`() async throws {
    var failures = FailurePlan()
    failures.cancel(.times)
    let store = InMemoryStore()
    #expect(try await EngineRun(Self.world, failures: failures, store: store).report.stopped)
    let resumed = try await EngineRun(Self.world, store: store)
    #expect(resumed.report.isComplete && resumed.report.resumedFrom != nil)
    let operations = resumed.remote.calls.map(\.operation)
    let times = try #require(operations.firstIndex(of: .times))
    #expect(!operations[..<times].contains(.changes))
    #expect(operations[times...].contains(.changes))
  }

  @Test func `times that cannot be had are unknown, and everything is read`() async throws {
    var failures = FailurePlan()
    failures.fail(.times, with: .unavailable)
    let run = try await EngineRun(Self.world, failures: failures)
    #expect(run.report.isComplete, "\(run.report.gaps)")
    #expect(try await run.store.count(RecordQuery(Change.self)) == Self.world.repositories.map(\.changes.count).reduce(0, +))
    #expect(try await run.store.all(RecordQuery(Repository.self)).allSatisfy { $0.newestChangeAt == nil })
  }

  /// Three repositories: many open changes, few, and none.
  private static let world: MockWorld = {
    var world = SmallWorld.make()
    let base = world.repositories[0]
    world.repositories = [6, 2, 0].enumerated().map { index, open in
      var one = base
      let id = RepositoryID(unchecked: "R_\(index)")
      one.repository.id = id
      one.repository.name = RepositoryName(unchecked: "acme/r\(index)")
      one.repository.newestChangeAt = SmallWorld.day(1)
      one.repository.pushedAt = SmallWorld.day(1)
      one.commits = one.commits.map { commit in
        var commit = commit
        commit.repositoryID = id
        return commit
      }
      (one.coverage, one.findings) = (nil, [])
      one.changes = (0..<8).map { number in
        var change = base.changes[0]
        change.id = ChangeID(unchecked: "PR_\(id)_\(number)")
        (change.repositoryID, change.number, change.updatedAt) = (id, number, SmallWorld.day(Double(1 + number)))
        if number < open { (change.state, change.mergedAt, change.closedAt, change.mergeSHA) = (.open, nil, nil, nil) }
        return change
      }
      return one
    }
    return world
  }()

  /// The numbers of the changes that have a score when the window begins to be read.
  private static func firstScores(_ options: SyncOptions) async throws -> [RepositoryID: [Int]] {
    var failures = FailurePlan()
    failures.cancel(.times)
    let run = try await EngineRun(world, failures: failures, options: options)
    #expect(run.report.stopped)
    let scored = Set(try await run.store.all(RecordQuery(RiskAssessment.self)).map(\.subject))
    let changes = try await run.store.all(RecordQuery(Change.self)).filter { scored.contains(.change($0.id)) }
    return Dictionary(grouping: changes, by: \.repositoryID).mapValues { $0.compactMap(\.number) }
  }
}
