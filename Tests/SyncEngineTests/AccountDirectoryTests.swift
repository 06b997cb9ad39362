import KoalrCore
import Testing

@testable import KoalrSyncEngine

struct AccountDirectoryTests {
  @Test func `commits without an address belong to nobody, whoever else made one`() async throws {
    let repository = Repository(
      id: SmallWorld.api, name: RepositoryName(unchecked: "acme/api"), defaultBranch: "main", headSHA: nil)
    var known = SmallWorld.commit(SmallWorld.api, 1, days: 2, parents: [], files: [])
    known.authorEmail = ""
    var unknown = SmallWorld.commit(SmallWorld.api, 2, days: 1, parents: [1], files: [])
    (unknown.authorEmail, unknown.author) = ("", nil)
    let directory = AccountDirectory(resolver: nil, contributors: [])
    let resolved = try await directory.resolve([known, unknown], of: repository)
    #expect(resolved.map(\.author) == [known.author, nil])
  }
}
