import KoalrCore
import KoalrTesting
import Testing

struct BrokenCoverageSourceTests {
  @Test(arguments: CoverageSourceContract.Promise.allCases)
  func `the contract catches a source that breaks`(_ promise: CoverageSourceContract.Promise) async throws {
    let make: @Sendable () async throws -> any CoverageSource = { BreakingCoverage(promise: promise) }
    let contract = CoverageSourceContract(
      of: try #require(SampleOrganisation.world["mobile-app"]).repository,
      unknown: try #require(SampleOrganisation.world["infra-terraform"]).repository, since: brokenSince,
      now: SampleOrganisation.now, deadCredential: make, source: make)
    await expectBroken(promise) { try await contract.check(promise) }
  }
}

private struct BreakingCoverage: CoverageSource {
  var promise: CoverageSourceContract.Promise
  private var sound: MockCoverage { soundAdapters.coverage }

  init(promise: CoverageSourceContract.Promise) { self.promise = promise }

  func testConnection() async throws -> Connection { deadConnection(.connected) }

  func measuredRepositories(after cursor: Cursor?) async throws -> Page<MeasuredRepository> {
    var page = try await sound.measuredRepositories(after: cursor)
    if promise == .listsOnce { page.elements += page.elements.prefix(1) }
    return page
  }

  func coverage(of repository: Repository, trendSince: Date, now: Date) async throws -> RepositoryCoverage? {
    let coverage = try await sound.coverage(
      of: repository, trendSince: promise == .trendIsADayEach ? .distantPast : trendSince, now: now)
    if coverage == nil, promise == .unknownIsAbsent {
      throw IntegrationError(.notFound, service: .codecov, operation: "read coverage", reason: "it is not there")
    }
    return coverage
  }

  func changeCoverage(in repository: Repository, since: Date, after cursor: Cursor?) async throws -> Page<MeasuredChange> {
    if promise == .changesEndAtSince {
      let old = MeasuredChange(
        number: cursor == nil ? 1 : 2, base: nil, head: nil, patch: nil, updatedAt: since.addingTimeInterval(-1))
      return Page([old], next: cursor == nil ? Cursor("more") : nil)
    }
    var page = try await sound.changeCoverage(in: repository, since: since, after: cursor)
    if promise == .changesComeOnce { page.elements += page.elements.prefix(1) }
    return page
  }

  func fileCoverage(in repository: Repository, at sha: CommitID) async throws -> [FileCoverage]? {
    var files = try await sound.fileCoverage(in: repository, at: sha)
    if promise == .filesComeOnce { files = (files ?? []) + (files ?? []).prefix(1) }
    if promise == .figuresArePossible { files?.append(FileCoverage(path: "new", hits: 2, lines: 1)) }
    return files
  }
}
