import KoalrCore
import KoalrGitHub
import KoalrTesting
import PeerSupport
import Synchronization
import Testing

/// Histories over GitHub's API, compared with the truth; commits from git have the same in a test of their own.
@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct APIHistoryTests {
  @Test(arguments: [1, 2])
  func `every commit and every change of the window has the files of the truth`(seed: Int) async throws {
    let world = try await GitHubWorld(seed: seed)
    let source = GitHubHistory(try world.gitHub())
    for expected in world.truth.repositories {
      compare(try await Self.read(source, try request(expected, world)), expected)
    }
    #expect(try await world.complaints().isEmpty)
    // Merges and squashes are not asked for when their changes are.
    let commits = world.truth.repositories.reduce(0) { $0 + $1.commits.count }
    let changes = world.truth.repositories.reduce(0) { $0 + $1.pulls.count(where: \.inWindow) }
    #expect(world.requests("rest") < changes + commits * 3 / 4)
  }

  @Test func `what the allowance does not reach is named, and changes come first`() async throws {
    let world = try await GitHubWorld(repositories: 1)
    let expected = try #require(world.truth.repositories.first)
    let question = try request(expected, world)
    let pages = expected.pulls.filter(\.inWindow).reduce(0) { $0 + max(1, ($1.files.count + 99) / 100) }
    let read = try await Self.read(GitHubHistory(try world.gitHub(), allowance: HistoryAllowance(requests: pages)), question)
    #expect(world.requests("rest") == pages)
    #expect(read.summary.unreadChanges.isEmpty && read.changeFiles.count == question.changes.count)
    let unread = read.commits.count { $0.files == nil }
    #expect(unread > 0 && read.commits.count == expected.commits.count)
    #expect(read.summary.gaps.map(\.what) == ["files of \(unread) commits of \(question.repository.name)"])
    #expect(read.summary.gaps.first?.why.contains("hourly budget") == true)
  }

  @Test func `the newest changes are read before the allowance ends`() async throws {
    let world = try await GitHubWorld(repositories: 1)
    let question = try request(try #require(world.truth.repositories.first), world)
    let source = GitHubHistory(try world.gitHub(), allowance: HistoryAllowance(requests: 3))
    let read = try await Self.read(source, question)
    let newest = question.changes.sorted { ($0.number ?? 0) > ($1.number ?? 0) }.prefix(3)
    #expect(Set(read.changeFiles.keys) == Set(newest.map(\.id)))
    #expect(read.summary.unreadChanges.count == question.changes.count - 3)
  }

  @Test func `the reserve of the hour is left alone, whoever counts`() async throws {
    let world = try await GitHubWorld(repositories: 1, changes: 14, ["--rest-limit", "30"])
    let question = try request(try #require(world.truth.repositories.first), world)
    _ = try await Self.read(GitHubHistory(try world.gitHub(), allowance: HistoryAllowance(reserve: 20)), question)
    #expect(world.requests("rest") == 10)
    let told = HistoryAllowance(reserve: 20, leftover: { 20 })
    #expect(try await Self.read(GitHubHistory(try world.gitHub(), allowance: told), question).changeFiles.isEmpty)
    #expect(world.requests("rest") == 10)
  }

  @Test func `a budget that ends in between is a gap, no failure`() async throws {
    let world = try await GitHubWorld(repositories: 1, changes: 14, ["--rest-limit", "5"])
    let question = try request(try #require(world.truth.repositories.first), world)
    let read = try await Self.read(GitHubHistory(try world.gitHub(), allowance: HistoryAllowance(reserve: 0)), question)
    #expect(read.changeFiles.count == 5 && !read.commits.isEmpty)
    #expect(read.summary.unreadChanges.values.allSatisfy { $0.contains("hourly budget") })
  }

  @Test func `files that are stored are not asked for again`() async throws {
    let world = try await GitHubWorld(repositories: 1)
    var question = try request(try #require(world.truth.repositories.first), world)
    question.changes = []
    question.hasFiles = { _ in true }
    let read = try await Self.read(GitHubHistory(try world.gitHub()), question)
    #expect(world.requests("rest") == 0 && read.summary.gaps.isEmpty && !read.commits.isEmpty)
  }

  @Test(arguments: [
    #""status", "status": 500"#, #""malformed""#, #""catalogue", "name": "primary_rate_limit_rest""#,
  ])
  func `files that cannot be had leave the commits and say why`(fault: String) async throws {
    let world = try await GitHubWorld(repositories: 1)
    let question = try request(try #require(world.truth.repositories.first), world)
    try await world.fault(#"{"kind": \#(fault), "match": {"path": "/pulls/[0-9]+/files"}}"#)
    let read = try await Self.read(GitHubHistory(try world.gitHub()), question)
    #expect(read.commits.count == world.truth.repositories.first?.commits.count)
    #expect(read.summary.unreadChanges.count == question.changes.count && read.changeFiles.isEmpty)
    #expect(try await world.complaints().isEmpty)
  }

  @Test func `a link to another host is not followed`() async throws {
    let world = try await GitHubWorld(repositories: 1)
    let expected = try #require(world.truth.repositories.first)
    try await world.fault(#"{"kind": "foreign_next", "match": {"path": "/pulls/[0-9]+/files"}}"#)
    let read = try await Self.read(GitHubHistory(try world.gitHub()), try request(expected, world))
    let long = expected.pulls.filter { $0.inWindow && $0.files.count > 100 }.map(\.nodeId)
    #expect(!long.isEmpty && Set(read.summary.unreadChanges.keys.map(\.rawValue)) == Set(long))
    #expect(try await world.complaints().isEmpty)
  }

  @Test(arguments: [
    #"{"kind": "graphql_errors", "type": "RESOURCE_LIMITS_EXCEEDED", "times": 2}"#,
    #"{"kind": "graphql_errors", "type": "TIMEOUT", "times": 2}"#,
    #"{"kind": "status", "status": 502, "times": 1, "match": {"endpoint": "POST /graphql"}}"#,
  ])
  func `too much at once is asked for in smaller pieces`(fault: String) async throws {
    let world = try await GitHubWorld(repositories: 1)
    let expected = try #require(world.truth.repositories.first)
    try await world.fault(fault)
    compare(try await Self.read(GitHubHistory(try world.gitHub()), try request(expected, world)), expected)
  }

  @Test func `a list whose next page is this page ends and says so`() async throws {
    let world = try await GitHubWorld(repositories: 1)
    var question = try request(try #require(world.truth.repositories.first), world)
    (question.changes, question.hasFiles) = ([], { _ in true })
    try await world.fault(#"{"kind": "loop", "cursor": "Y3Vyc29yOnYyOjA="}"#)
    let read = try await Self.read(GitHubHistory(try world.gitHub()), question)
    #expect(Set(read.commits.map(\.sha)).count == read.commits.count && !read.commits.isEmpty)
    #expect(read.summary.gaps.map(\.what) == ["further commits of \(question.repository.name)"])
  }

  @Test func `a repository that is gone is an error with what to do`() async throws {
    let world = try await GitHubWorld(repositories: 1)
    let gone = Repository(
      id: try RepositoryID("R_gone"), name: try RepositoryName("acme/gone"), defaultBranch: "main", headSHA: nil)
    let error = await #expect(throws: IntegrationError.self) {
      try await Self.read(GitHubHistory(try world.gitHub()), HistoryRequest(repository: gone, since: world.since))
    }
    #expect(error?.code == .notFound)
  }

  private struct Read {
    var commits: [Commit] = []
    var changeFiles: [ChangeID: [ChangedFile]] = [:]
    var summary = HistorySummary(headSHA: nil)
  }

  private static func read(_ source: GitHubHistory, _ request: HistoryRequest) async throws -> Read {
    let read = Mutex(Read())
    let summary = try await source.readHistory(request) { batch in
      read.withLock { read in
        read.commits += batch.commits
        read.changeFiles.merge(batch.changeFiles) { $1 }
      }
    }
    return read.withLock { read in
      read.summary = summary
      return read
    }
  }

  private func request(_ expected: Truth.Repository, _ world: GitHubWorld) throws -> HistoryRequest {
    HistoryRequest(
      repository: try expected.discovered(in: world.truth.org), since: world.since,
      changes: try expected.pulls.filter(\.inWindow).map {
        ChangeRange(
          id: try ChangeID($0.nodeId), number: $0.number, baseSHA: try CommitID($0.base), headSHA: try CommitID($0.head),
          mergeSHA: try $0.mergeCommit.map { try CommitID($0) })
      })
  }

  private func compare(_ read: Read, _ expected: Truth.Repository) {
    #expect(read.summary == HistorySummary(headSHA: expected.head.flatMap(CommitID.init(rawValue:))), "\(expected.name)")
    #expect(Set(read.commits.map(\.sha.rawValue)) == Set(expected.commits.map(\.sha)), "\(expected.name)")
    let commits = Dictionary(read.commits.map { ($0.sha.rawValue, $0) }, uniquingKeysWith: { first, _ in first })
    for wanted in expected.commits {
      guard let commit = commits[wanted.sha] else { continue }
      #expect(commit.files?.map(line) == wanted.files.map(line).sorted { path($0) < path($1) }, "\(expected.name) \(wanted.sha)")
      #expect(commit.parents.map(\.rawValue) == wanted.parents)
      #expect(commit.subject == wanted.headline && commit.authorEmail == wanted.email)
      #expect(commit.committedAt == ISO8601Time.parse(wanted.committed))
    }
    for pull in expected.pulls where pull.inWindow {
      let files = ChangeID(rawValue: pull.nodeId).flatMap { read.changeFiles[$0] }
      #expect(files?.map(line).sorted() == pull.files.map(line).sorted(), "\(expected.name)#\(pull.number)")
    }
  }

  private func line(_ file: ChangedFile) -> String {
    line(file.path, file.status.rawValue, file.previousPath, file.additions, file.deletions)
  }

  private func line(_ file: Truth.File) -> String { line(file.path, file.status, file.previous, file.additions, file.deletions) }

  private func line(_ path: String, _ status: String, _ previous: String?, _ additions: Int?, _ deletions: Int?) -> String {
    "\(path)\t\(status) \(previous ?? "") +\(additions ?? -1) -\(deletions ?? -1)"
  }

  private func path(_ line: String) -> [UInt8] { Array(line.utf8.prefix { $0 != 0x09 }) }
}

extension [UInt8] {
  fileprivate static func < (left: Self, right: Self) -> Bool { left.lexicographicallyPrecedes(right) }
}
