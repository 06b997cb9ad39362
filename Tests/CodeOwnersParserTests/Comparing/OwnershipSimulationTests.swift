import KoalrCodeOwnersParser
import KoalrDomain
import KoalrTesting
import Testing

struct OwnershipSimulationTests {
  private let changes = [
    ReviewedChange(name: "#1", author: Login(unchecked: "ann"), paths: ["api/a", "web/b"]),
    ReviewedChange(name: "#2", author: Login(unchecked: "ben"), paths: ["api/c"]),
    ReviewedChange(name: "#3", author: nil, paths: ["README"]),
    ReviewedChange(name: "#4", author: Login(unchecked: "Eve"), paths: ["web/d"]),
  ]
  private let teams = [
    Team(
      id: SourceID(unchecked: "t"), organization: "acme", slug: "web", name: "Web", parent: nil,
      members: ["ben", "eve"].map(Login.init(unchecked:)))
  ]

  private func simulation(_ old: String, _ new: String) -> OwnershipSimulation {
    let parser = CodeOwnersParser()
    return OwnershipSimulation(
      from: parser.parse(old), to: parser.parse(new), changes: changes, directory: OwnerDirectory(teams: teams))
  }

  @Test func `reviews asked are counted by owner and by person, authors left out`() {
    let result = simulation("* @ann\n", "/api/ @ann @ben\n/web/ @acme/web\n")
    #expect(result.owners.map { "\($0.reviewer) \($0.before) \($0.after)" } == ["@acme/web 0 2", "@ann 3 1", "@ben 0 1"])
    #expect(result.people.map { "\($0.reviewer) \($0.before) \($0.after)" } == ["ann 3 1", "ben 0 2", "eve 0 1"])
  }

  @Test func `changes that would ask others, or nobody, are named`() {
    let result = simulation("* @ann\n", "/api/ @ann @ben\n/web/ @acme/web\n")
    #expect(result.changes.map(\.name) == ["#1", "#3", "#4"])
    #expect(result.changes.first?.before == [])
    #expect(result.changes.first?.after == [.user("@ben"), .team("@acme/web")])
    #expect(result.unasked.map(\.name) == ["#3"])
    #expect(result.comparison.paths == ["README", "api/a", "api/c", "web/b", "web/d"])
  }

  @Test func `a change without files that were read is left out`() throws {
    let now = Date(timeIntervalSince1970: 0)
    var change = Change(
      id: ChangeID(unchecked: "c"), repositoryID: RepositoryID(unchecked: "r"), number: 7, title: "t", state: .merged,
      author: nil, createdAt: now, updatedAt: now, files: nil, reviews: nil)
    #expect(ReviewedChange(change) == nil)
    change.files = [ChangedFile(path: "a", status: .modified, additions: 1, deletions: 0)]
    #expect(ReviewedChange(change) == ReviewedChange(name: "#7", author: nil, paths: ["a"]))
  }

  @Test(arguments: 0..<10) func `a file in its own place changes nothing`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let repository = RandomRepository(&random)
    let file = CodeOwnersParser().parse(repository.text)
    let changes = (0..<10).map {
      ReviewedChange(name: "#\($0)", author: nil, paths: random.some(of: repository.paths, probability: 0.1))
    }
    let result = OwnershipSimulation(from: file, to: file, changes: changes)
    #expect(result.comparison.isEmpty && result.changes.isEmpty && result.unasked.isEmpty)
    #expect(result.owners.allSatisfy { $0.before == $0.after && $0.before > 0 })
    let asked = changes.map { Set($0.paths.flatMap { file.owners(of: $0).owners }).count }.reduce(0, +)
    #expect(result.owners.map(\.before).reduce(0, +) == asked)
  }
}
