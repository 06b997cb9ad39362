import KoalrCore
import KoalrGitHub
import PeerSupport
import Testing

@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)), .serialized)
struct GitHubTruthTests {
  private static let worlds = Once<String, GitHubWorld>()
  private static func shared() async throws -> GitHubWorld {
    try await worlds.value("shared") { try await GitHubWorld() }
  }

  @Test(arguments: [(1, []), (2, []), (1, ["--enterprise"])])
  func `everything in the window is exactly what GitHub has`(seed: Int, arguments: [String]) async throws {
    let world = try await GitHubWorld(seed: seed, arguments)
    let found = try await DrainedOrganization(try world.gitHub(), since: world.since)
    #expect(found.differences(from: world) == [])
    #expect(found.gaps == [])
    #expect(found.changes.failures.isEmpty && found.deployments.failures.isEmpty && found.issues.failures.isEmpty)
    #expect(try await world.complaints() == [])
    #expect(world.points <= (arguments.isEmpty ? 12 : 0))
    #expect(world.requests("rest") == 0)
  }

  @Test func `the open pull requests alone are few calls`() async throws {
    let world = try await Self.shared()
    let gitHub = try world.gitHub()
    let repositories = try await gitHub.allRepositories().elements.map(\.repository)
    let open = try await Drained(repositories, since: world.since, openOnly: true) { try await gitHub.changes($0) }
    var comparison = TruthComparison(world.truth)
    comparison.changes(open.elements, openOnly: true)
    #expect(comparison.differences == [])
    #expect(try await world.complaints() == [])
  }

  @Test func `authors are found behind commits, and bots and strangers are not`() async throws {
    let world = try await Self.shared()
    let gitHub = try world.gitHub()
    let repositories = try await gitHub.allRepositories().elements.map(\.repository)
    let heads = repositories.compactMap { one in one.headSHA.map { AuthorSample(repository: one, sha: $0) } }
    let unknown = AuthorSample(repository: repositories[0], sha: CommitID(unchecked: String(repeating: "0", count: 40)))
    let authors = try await gitHub.authors(of: heads + [unknown])
    let logins = Set(world.truth.people.map(\.login))
    #expect(!authors.isEmpty)
    #expect(authors[unknown.sha] == nil)
    #expect(authors.values.allSatisfy { logins.contains($0.rawValue) })
    #expect(try await world.complaints() == [])
  }
}
