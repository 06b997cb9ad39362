import KoalrCore
import KoalrTesting
import Testing

struct OwnershipCheckTests {
  @Test func `owners who do little of the work are an event with who does it`() async throws {
    let trial = try await OwnershipTrial()
    let found = try #require(try await trial.run())
    let event = try #require(found.opened.first)
    #expect(found.opened.count == 1 && found.lasting.isEmpty && found.resolved.isEmpty)
    #expect((event.type, event.subject, event.line) == (.ownersDrifted, "*", 1))
    #expect(event.declaredOwners == ["@ana"] && event.contributors.first?.name == "@eve")
    #expect(event.pathCount == 3 && event.severity != nil && event.openedAt == SmallWorld.now)
    #expect(try await trial.events == [event])
  }

  @Test func `the report of the day tells score, gaps and drift, and can be asked for`() async throws {
    let trial = try await OwnershipTrial(rules: "/src/1.swift @eve\n")
    let report = try #require(try await trial.run()).report
    #expect((report.files, report.gapCount, report.driftCount) == (3, 2, 0))
    #expect(report.gaps.map(\.path).sorted() == ["src/0.swift", "src/2.swift"])
    #expect(report.gaps.allSatisfy { $0.commits > 5 && $0.deployments == nil })
    #expect(report.score != nil && report.letter != nil && report.codeOwnersSHA == SmallWorld.sha(1))
    #expect(report.missing.contains { $0.key == "owner-reviews" })
    #expect(try await trial.ownership.newestReport(of: OwnershipTrial.api) == report)
  }

  @Test func `what there is to mend comes with what the host finds wrong with the same file`() async throws {
    let trial = try await OwnershipTrial(rules: "* @ana\n!docs/ @ana\n/src/ @nobody\n")
    let error = CodeOwnersError(line: 3, column: 7, kind: "Unknown owner", suggestion: "make sure @nobody exists")
    for (sha, lines) in [(1, [2, 3]), (2, [2])] {
      try await trial.write(
        CodeOwnersSnapshot(
          repositoryID: OwnershipTrial.api, path: "CODEOWNERS", sha: SmallWorld.sha(sha), text: nil, errors: [error]))
      #expect(try await trial.run()?.lint.map(\.line) == lines)
    }
  }

  @Test func `a second run stores nothing twice`() async throws {
    let trial = try await OwnershipTrial()
    let first = try #require(try await trial.run())
    let lines = try await trial.store.lines()
    let second = try #require(try await trial.run())
    #expect(second.lasting == first.opened && second.opened.isEmpty)
    #expect(try await trial.store.lines() == lines)
    trial.clock.advance(by: .seconds(86_400))
    let third = try #require(try await trial.run())
    #expect(third.lasting.map(\.openedAt) == [SmallWorld.now] && third.lasting.map(\.seenAt) == [trial.clock.now()])
    #expect(try await trial.events.count == 1)
    #expect(try await trial.store.all(RecordQuery(OwnershipReport.self)).count == 2)
  }

  @Test func `a rule that is mended resolves its event, and the changed rules are an event with their difference`() async throws {
    let trial = try await OwnershipTrial()
    _ = try await trial.run()
    trial.clock.advance(by: .seconds(86_400))
    try await trial.write(trial.version("* @eve\n/docs/ @acme/core\n", sha: 2, days: -0.5))
    let found = try #require(try await trial.run())
    #expect(found.resolved.map(\.subject) == ["*"] && found.resolved.first?.resolvedAt == trial.clock.now())
    let change = try #require(found.opened.first)
    #expect((change.type, change.subject, change.pathCount) == (.rulesChanged, "CODEOWNERS", 3))
    #expect(
      change.message == "CODEOWNERS changed since the last check: 3 known files have other owners\n- * @ana\n+ * @eve")
    #expect(change.paths == ["src/0.swift", "src/1.swift", "src/2.swift"])
    #expect(try await trial.run()?.lasting.map(\.type) == [.rulesChanged])
    trial.clock.advance(by: .seconds(86_400))
    #expect(try await trial.run()?.resolved.map(\.type) == [.rulesChanged])
    #expect(try await trial.ownership.openEvents(of: OwnershipTrial.api).isEmpty)
  }

  @Test func `an event that comes back is another one`() async throws {
    let trial = try await OwnershipTrial()
    _ = try await trial.run()
    for (day, rules) in [(1.0, "* @eve\n"), (2, "* @ana\n")] {
      trial.clock.advance(by: .seconds(86_400))
      try await trial.write(trial.version(rules, sha: 10 + Int(day), days: 0.5 - day))
      _ = try await trial.run()
    }
    let drift = try await trial.events.filter { $0.type == .ownersDrifted }
    #expect(drift.map(\.isOpen) == [false, true])
  }

  @Test func `a file whose text is not known leaves events as they are`() async throws {
    let trial = try await OwnershipTrial()
    let opened = try await trial.run()?.opened
    trial.clock.advance(by: .seconds(86_400))
    try await trial.write(trial.version("", sha: 2, days: -0.5))
    let found = try #require(try await trial.run())
    #expect(found.lasting == opened && found.resolved.isEmpty && found.opened.isEmpty)
    #expect(found.report.score == nil && found.report.letter == nil)
  }

  @Test func `a repository without a file has gaps only`() async throws {
    let trial = try await OwnershipTrial(rules: nil)
    let found = try #require(try await trial.run())
    #expect(found.opened.isEmpty && found.report.codeOwnersPath == nil && found.report.gapCount == 3)
  }

  @Test func `files that were removed or renamed are no gaps`() async throws {
    let trial = try await OwnershipTrial(rules: "/docs/ @ana\n")
    var commit = OwnershipTrial.commit(0, by: "eve", files: [])
    commit.files = [
      ChangedFile(path: "src/0.swift", status: .removed, additions: 0, deletions: 1),
      ChangedFile(path: "lib/1.swift", previousPath: "src/1.swift", status: .renamed, additions: 0, deletions: 0),
    ]
    try await trial.write(commit)
    let report = try #require(try await trial.run()).report
    #expect(report.files == 2 && report.gaps.map(\.path).sorted() == ["lib/", "src/"])
  }

  @Test func `it is due once a day, and once after days that were missed`() async throws {
    let trial = try await OwnershipTrial()
    #expect(try await trial.check.runIfDue()?.map(\.report.repositoryID) == [OwnershipTrial.api])
    #expect(try await trial.check.runIfDue() == nil)
    trial.clock.advance(by: .seconds(15 * 3_600 - 1))
    #expect(try await trial.check.runIfDue() == nil)
    trial.clock.advance(by: .seconds(1))
    #expect(try await trial.check.runIfDue()?.count == 1)
    trial.clock.advance(by: .seconds(5 * 86_400))
    #expect(try await trial.check.runIfDue()?.count == 1)
    #expect(try await trial.check.runIfDue() == nil)
  }

  @Test func `a sync leaves it known when the check ran`() async throws {
    let world = SmallWorld.make()
    let first = try await EngineRun(world)
    let clock = ManualClock(startingAt: SmallWorld.now)
    let check = OwnershipCheck(store: first.store, connection: OwnershipTrial.connection, clock: clock)
    #expect(try await check.runIfDue()?.count == 2)
    _ = try await EngineRun(world, store: first.store, now: SmallWorld.now.addingTimeInterval(60))
    #expect(try await check.runIfDue() == nil)
  }

  @Test func `a change that no event told of is noticed where the host is asked again`() async throws {
    let world = SmallWorld.make()
    let run = try await EngineRun(world)
    let clock = ManualClock(startingAt: SmallWorld.now)
    let check = OwnershipCheck(
      store: run.store, connection: OwnershipTrial.connection, items: MockAdapters(run.remote).codeHost, clock: clock)
    #expect(try await check.run(SmallWorld.api)?.opened.isEmpty == true)
    run.remote.update { world in
      world.repositories[0].codeOwners = .found(
        CodeOwnersSnapshot(
          repositoryID: SmallWorld.api, path: "CODEOWNERS", sha: SmallWorld.sha(9), text: "* @ana\n", errors: []))
    }
    clock.advance(by: .seconds(86_400))
    let found = try #require(try await check.run(SmallWorld.api))
    #expect(found.opened.map(\.type) == [.rulesChanged] && found.askingFailed == nil)
    let stored = StoredOwnership(store: run.store, connection: OwnershipTrial.connection)
    #expect(try await stored.newestVersion(of: SmallWorld.api)?.seenAt == clock.now())
  }

  private static let files = ["CODEOWNERS", "api/a.swift", "api/b.swift", "docs/old.md", "docs/older.md"]

  /// A check of a repository with a rule for each of two folders, whose host lists files.
  private static func findings(_ paths: [String]?, failures: FailurePlan = .none) async throws -> OwnershipFindings? {
    var world = SmallWorld.make()
    world.repositories[0].paths = paths
    let trial = try await OwnershipTrial(rules: "/src/ @eve\n/api/ @ana\n/gone/ @ana\n")
    let files = MockAdapters(world, failures: failures).codeHost
    return try await OwnershipCheck(
      store: trial.store, connection: OwnershipTrial.connection, files: files, clock: trial.clock
    ).run(OwnershipTrial.api)
  }

  @Test func `where all files are listed, those that nobody touched are gaps, and rules that match none are dead`() async throws {
    let found = try #require(try await Self.findings(Self.files))
    #expect((found.report.files, found.report.gapCount) == (5, 3) && found.listingFailed == nil)
    #expect(found.report.gaps.map(\.path) == ["docs/", "CODEOWNERS"])
    #expect(found.lint.map(\.rule) == [.deadRule, .deadRule] && found.lint.map(\.line) == [1, 3])
  }

  @Test func `a list that is not whole, or did not come, leaves the files of the commits`() async throws {
    let part = try #require(try await Self.findings(nil))
    #expect(part.report.files == 3 && part.lint.isEmpty && part.listingFailed == "The code host does not list all files.")
    let error = IntegrationError(
      .rateLimited, service: .gitHub, operation: "list the files of acme/api", reason: "The limit is used up.")
    var failures = FailurePlan()
    failures.fail(.fileList, with: error)
    let none = try #require(try await Self.findings(Self.files, failures: failures))
    #expect(none.report.files == 3 && none.lint.isEmpty && none.listingFailed == error.description)
  }

  @Test(arguments: [CodeOwnersParser.Dialect.gitHub, .gitLab, nil])
  func `rules are read in the dialect of the host, or in that of the file`(dialect: CodeOwnersParser.Dialect?) async throws {
    let trial = try await OwnershipTrial(rules: "* @ana\n[Docs] @docs\n*.swift\n")
    let stored = StoredOwnership(store: trial.store, connection: OwnershipTrial.connection, dialect: dialect)
    let found = try await stored.owners(of: "src/a.swift", in: OwnershipTrial.api, at: SmallWorld.now).value?.owners
    #expect(found?.map(\.text) == (dialect == .gitHub ? [] : ["@ana", "@docs"]))
    let check = OwnershipCheck(store: trial.store, connection: OwnershipTrial.connection, dialect: dialect, clock: trial.clock)
    #expect(try await check.run(OwnershipTrial.api)?.lint.contains { $0.line == 2 } == (dialect == .gitHub))
  }

  @Test func `a repository that the store does not know is no findings`() async throws {
    let trial = try await OwnershipTrial()
    #expect(try await trial.check.run(SmallWorld.web) == nil)
  }
}
