import Foundation
import KoalrDomain
import KoalrIntegrationProtocols
import PeerSupport
import Testing

@testable import KoalrGitHistory

@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct PeerHistoryTests {
  @Test(arguments: [1, 2])
  func `every commit and every change of the window has the files of the truth`(seed: Int) async throws {
    let peers = try await Peers(seed: seed, truth: true)
    let token = try #require(peers.ready.github.tokens["classic-owner"])
    let truth = try peers.takeTruth()
    let cache = try ScratchFolder()
    let source = ClonedGitHistory(cacheFolder: cache.url, token: Secret(token))
    let since = try #require(ISO8601Time.parse(truth.since))
    #expect(truth.repositories.reduce(0) { $0 + $1.commits.count } > 100)
    // The second round finds everything in the cache.
    for _ in 0..<2 {
      for expected in truth.repositories {
        let question = try request(expected, peers: peers, since: since)
        let history = try await History.read(source, question)
        compare(history, expected)
      }
    }
    #expect(try await peers.complaints(peers.ready.github) == [])
    for file in FileManager.default.enumerator(atPath: cache.path)?.compactMap({ $0 as? String }) ?? []
    where file.hasSuffix("config") {
      #expect(!cache.read(file).contains(token))
    }
  }

  @Test func `a wrong token and a missing repository are told apart`() async throws {
    let peers = try await Peers(repositories: 2, changes: 2)
    let cache = try ScratchFolder()
    let address = "\(peers.ready.github.url)/\(peers.ready.org)"
    for (token, name, code) in [
      ("wrong", "atlas-api", IntegrationError.Code.unauthorized),
      (peers.ready.github.tokens["classic-owner"] ?? "", "no-such", .notFound),
    ] {
      let repository = Repository(
        id: try RepositoryID(name), name: try RepositoryName("acme/\(name)"), defaultBranch: "main", headSHA: nil,
        cloneURL: "\(address)/\(name).git")
      let error = await #expect(throws: IntegrationError.self) {
        try await History.read(
          ClonedGitHistory(cacheFolder: cache.url, token: Secret(token)),
          HistoryRequest(repository: repository, since: .distantPast))
      }
      #expect(error?.code == code, "\(String(describing: error))")
    }
  }

  @Test func `a token that the server refuses is replaced once, and git goes on with the new one`() async throws {
    let peers = try await Peers(repositories: 2, changes: 2)
    let cache = try ScratchFolder()
    let good = try #require(Secret(peers.ready.github.tokens["classic-owner"] ?? ""))
    let expired = try #require(Secret("expired"))
    let source = ClonedGitHistory(cacheFolder: cache.url, token: Renewed(old: expired, new: good))
    let repository = Repository(
      id: try RepositoryID("R_1"), name: try RepositoryName("acme/atlas-api"), defaultBranch: "main", headSHA: nil,
      cloneURL: "\(peers.ready.github.url)/\(peers.ready.org)/atlas-api.git")
    let request = HistoryRequest(repository: repository, since: .distantPast)
    #expect(try await History.read(source, request).summary.headSHA != nil)
    let dead = ClonedGitHistory(cacheFolder: try ScratchFolder().url, token: Renewed(old: expired, new: expired))
    let error = await #expect(throws: IntegrationError.self) { try await History.read(dead, request) }
    #expect(error?.code == .unauthorized)
  }

  private struct Renewed: CredentialSource {
    var old: Secret
    var new: Secret
    func token() async throws -> Secret { old }
    func replacement(for refused: Secret) async throws -> Secret? { new }
  }

  @Test func `a redirect to another host gets no token`() async throws {
    let peers = try await Peers(repositories: 2, changes: 2)
    let fault =
      #"{"kind": "redirect", "status": 301, "match": {"endpoint": "git info/refs"}}"#
    _ = try await peers.control(peers.ready.github, "/_peer/faults", post: fault)
    let repository = Repository(
      id: try RepositoryID("r"), name: try RepositoryName("acme/atlas-api"), defaultBranch: "main", headSHA: nil,
      cloneURL: "\(peers.ready.github.url)/\(peers.ready.org)/atlas-api.git")
    let source = ClonedGitHistory(
      cacheFolder: try ScratchFolder().url, token: Secret(peers.ready.github.tokens["classic-owner"] ?? ""))
    let error = await #expect(throws: IntegrationError.self) {
      try await History.read(source, HistoryRequest(repository: repository, since: .distantPast))
    }
    #expect(error?.reason == "The repository has moved. List the repositories again to learn its new address.")
    #expect(try await peers.complaints(peers.ready.github) == [])
  }

  private func request(_ expected: Truth.Repository, peers: Peers, since: Date) throws -> HistoryRequest {
    HistoryRequest(
      repository: try expected.discovered(
        in: peers.ready.org, cloneURL: "\(peers.ready.github.url)/\(peers.ready.org)/\(expected.name).git"),
      since: since,
      changes: try expected.pulls.filter(\.inWindow).map {
        ChangeRange(
          id: try ChangeID($0.nodeId), number: $0.number, baseSHA: try CommitID($0.base), headSHA: try CommitID($0.head))
      })
  }

  private func compare(_ history: History, _ expected: Truth.Repository) {
    #expect(history.summary == HistorySummary(headSHA: expected.head.flatMap(CommitID.init(rawValue:))), "\(expected.name)")
    #expect(Set(history.commits.map(\.sha.rawValue)) == Set(expected.commits.map(\.sha)), "\(expected.name)")
    let commits = Dictionary(history.commits.map { ($0.sha.rawValue, $0) }, uniquingKeysWith: { first, _ in first })
    for wanted in expected.commits {
      guard let commit = commits[wanted.sha] else { continue }
      #expect(commit.files?.map(\.line).sorted() == wanted.files.map(\.line).sorted(), "\(expected.name) \(wanted.sha)")
      #expect(commit.parents.map(\.rawValue) == wanted.parents)
      #expect(commit.subject == wanted.headline && commit.authorEmail == wanted.email)
      #expect(commit.committedAt == ISO8601Time.parse(wanted.committed))
    }
    for pull in expected.pulls where pull.inWindow {
      let files = ChangeID(rawValue: pull.nodeId).flatMap { history.changeFiles[$0] }
      #expect(files?.map(\.line).sorted() == pull.files.map(\.line).sorted(), "\(expected.name)#\(pull.number)")
    }
  }
}

extension Truth.File {
  /// In the words of ``ChangedFile/line``.
  fileprivate var line: String { "\(status) \(previous.map { "\($0) -> " } ?? "")\(path) +\(additions) -\(deletions)" }
}
