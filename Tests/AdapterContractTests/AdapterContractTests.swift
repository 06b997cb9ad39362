import Foundation
import KoalrCodecov
import KoalrCore
import KoalrGitHistory
import KoalrGitHub
import KoalrHTTPTransport
import KoalrSnyk
import KoalrTesting
import PeerSupport
import Testing

/// Every shipped adapter keeps the promises of its seams, against servers that behave like the real ones.
@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct AdapterContractTests {
  @Test(arguments: CodeHostContract.Promise.allCases)
  func `GitHub is a code host`(promise: CodeHostContract.Promise) async throws {
    let world = try await AdapterWorld.shared()
    try await CodeHostContract(deadCredential: { try world.gitHub(token: "classic-revoked") }, host: { try world.gitHub() })
      .check(promise)
  }

  @Test(arguments: ChangeSourceContract.Promise.allCases)
  func `GitHub is a source of changes`(promise: ChangeSourceContract.Promise) async throws {
    let world = try await AdapterWorld.shared()
    try await ChangeSourceContract(in: world.repositories, since: world.since) { try world.gitHub() }.check(promise)
  }

  @Test(arguments: DeploymentSourceContract.Promise.allCases)
  func `GitHub is a source of deployments`(promise: DeploymentSourceContract.Promise) async throws {
    let world = try await AdapterWorld.shared()
    try await DeploymentSourceContract(in: world.repositories, since: world.since) { try world.gitHub() }.check(promise)
  }

  @Test(arguments: IssueTrackerContract.Promise.allCases)
  func `GitHub is an issue tracker`(promise: IssueTrackerContract.Promise) async throws {
    let world = try await AdapterWorld.shared()
    try await IssueTrackerContract(in: world.repositories, since: world.since) { try world.gitHub() }.check(promise)
  }

  @Test(arguments: ItemSourceContract.Promise.allCases)
  func `GitHub is a source of single things`(promise: ItemSourceContract.Promise) async throws {
    let world = try await AdapterWorld.shared()
    let expected = try await world.items()
    try await ItemSourceContract(expected, gone: SourceID(unchecked: "PR_999999999_1")) { try world.gitHub() }.check(promise)
  }

  @Test(arguments: HistorySourceContract.Promise.allCases)
  func `a clone is a source of history`(promise: HistorySourceContract.Promise) async throws {
    let world = try await AdapterWorld.shared()
    let cache = FileManager.default.temporaryDirectory.appendingPathComponent("koalr-contract-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: cache) }
    let repository = try #require(world.repositories.first { $0.name.name == "atlas-api" })
    try await HistorySourceContract(HistoryRequest(repository: repository, since: world.since)) {
      ClonedGitHistory(cacheFolder: cache, token: try world.peers.ready.github.secret("classic-owner"))
    }.check(promise)
  }

  @Test(arguments: HistorySourceContract.Promise.allCases)
  func `GitHub's API is a source of history`(promise: HistorySourceContract.Promise) async throws {
    let world = try await AdapterWorld.shared()
    let repository = try #require(world.repositories.first { $0.name.name == "atlas-api" })
    let question = RepositoryPageRequest(repository: repository, since: world.since)
    let changes = try #require(try await world.gitHub().changes([question]).first).result.get().elements
    let ranges = changes.compactMap { change -> ChangeRange? in
      guard let base = change.baseSHA, let head = change.headSHA else { return nil }
      return ChangeRange(id: change.id, number: change.number, baseSHA: base, headSHA: head, mergeSHA: change.mergeSHA)
    }
    let request = HistoryRequest(repository: repository, since: world.since, changes: ranges, batchSize: 7)
    try await HistorySourceContract(request) { GitHubHistory(try world.gitHub()) }.check(promise)
  }

  @Test(arguments: FileListSourceContract.Promise.allCases)
  func `GitHub lists files`(promise: FileListSourceContract.Promise) async throws {
    let world = try await AdapterWorld.shared()
    let repository = try #require(world.repositories.first { $0.name.name == "atlas-api" })
    try await FileListSourceContract(of: repository) { try world.gitHub() }.check(promise)
  }

  @Test(arguments: CoverageSourceContract.Promise.allCases)
  func `Codecov is a source of coverage`(promise: CoverageSourceContract.Promise) async throws {
    let world = try await AdapterWorld.shared()
    let measured = try #require(world.repositories.first { $0.name.name == "atlas-api" })
    var unknown = measured
    unknown.name = try RepositoryName("acme/nobody-knows-it")
    try await CoverageSourceContract(
      of: measured, unknown: unknown, since: world.since, now: world.now,
      deadCredential: { try world.codecov(token: "expired") }, source: { try world.codecov() }
    ).check(promise)
  }

  @Test(arguments: VulnerabilitySourceContract.Promise.allCases)
  func `Snyk is a source of findings`(promise: VulnerabilitySourceContract.Promise) async throws {
    let world = try await AdapterWorld.shared()
    try await VulnerabilitySourceContract(
      in: world.repositories, since: world.since, deadCredential: { try world.snyk(secret: "not-a-token") },
      source: { try world.snyk() }
    ).check(promise)
  }
}
