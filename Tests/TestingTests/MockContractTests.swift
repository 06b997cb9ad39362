import KoalrCore
import KoalrTesting
import Testing

/// The mock adapters keep every promise, over the sample organisation and in small pages.
struct MockContractTests {
  private let repositories = SampleOrganisation.world.repositories.map(\.repository)
  private let since = SampleOrganisation.now.addingTimeInterval(-45 * 86_400)

  private static func adapters(_ failures: FailurePlan = .none) -> MockAdapters {
    SampleOrganisation.adapters(failures: failures, pageSizes: MockPageSizes(elements: 5, questions: 3))
  }

  @Test(arguments: CodeHostContract.Promise.allCases) func `the code host keeps`(_ promise: CodeHostContract.Promise) async throws
  {
    let contract = CodeHostContract(
      deadCredential: { Self.adapters(.deadCredential(of: .gitHub)).codeHost }, host: { Self.adapters().codeHost })
    try await contract.check(promise)
  }

  @Test(arguments: ChangeSourceContract.Promise.allCases)
  func `its changes keep`(_ promise: ChangeSourceContract.Promise) async throws {
    try await ChangeSourceContract(in: repositories, since: since) { Self.adapters().codeHost }.check(promise)
  }

  @Test(arguments: DeploymentSourceContract.Promise.allCases)
  func `its deployments keep`(_ promise: DeploymentSourceContract.Promise) async throws {
    try await DeploymentSourceContract(in: repositories, since: since) { Self.adapters().codeHost }.check(promise)
  }

  @Test(arguments: IssueTrackerContract.Promise.allCases)
  func `its tickets keep`(_ promise: IssueTrackerContract.Promise) async throws {
    try await IssueTrackerContract(in: repositories, since: since) { Self.adapters().codeHost }.check(promise)
  }

  @Test(arguments: ItemSourceContract.Promise.allCases)
  func `its single things keep`(_ promise: ItemSourceContract.Promise) async throws {
    try await ItemSourceContract(sampleItems, gone: SourceID(unchecked: "gone")) { Self.adapters().codeHost }.check(promise)
  }

  @Test(arguments: FileListSourceContract.Promise.allCases)
  func `its files keep`(_ promise: FileListSourceContract.Promise) async throws {
    try await FileListSourceContract(of: repositories[0]) { Self.adapters().codeHost }.check(promise)
  }

  @Test(arguments: HistorySourceContract.Promise.allCases, ["payments-api", "web-shop", "experiments"])
  func `the history keeps`(_ promise: HistorySourceContract.Promise, of name: String) async throws {
    let found = try #require(SampleOrganisation.world[name])
    var ranges = found.changes.compactMap { change -> ChangeRange? in
      guard let base = change.baseSHA, let head = change.headSHA else { return nil }
      return ChangeRange(id: change.id, number: change.number, baseSHA: base, headSHA: head)
    }
    let lost = CommitID(unchecked: String(repeating: "f", count: 40))
    ranges.append(ChangeRange(id: ChangeID(unchecked: "PR_lost"), number: 1, baseSHA: lost, headSHA: lost))
    let request = HistoryRequest(
      repository: found.repository, since: since, changes: ranges, derivesChanges: true, batchSize: 7)
    try await HistorySourceContract(request) { Self.adapters().history }.check(promise)
  }

  @Test(arguments: CoverageSourceContract.Promise.allCases)
  func `the coverage keeps`(_ promise: CoverageSourceContract.Promise) async throws {
    let contract = CoverageSourceContract(
      of: try #require(SampleOrganisation.world["mobile-app"]).repository,
      unknown: try #require(SampleOrganisation.world["infra-terraform"]).repository, since: since, now: SampleOrganisation.now,
      deadCredential: { Self.adapters(.deadCredential(of: .codecov)).coverage }, source: { Self.adapters().coverage })
    try await contract.check(promise)
  }

  @Test(arguments: VulnerabilitySourceContract.Promise.allCases)
  func `the scanner keeps`(_ promise: VulnerabilitySourceContract.Promise) async throws {
    let contract = VulnerabilitySourceContract(
      in: repositories, since: SampleOrganisation.now.addingTimeInterval(-15 * 86_400),
      deadCredential: { Self.adapters(.deadCredential(of: .snyk)).vulnerabilities },
      source: { Self.adapters().vulnerabilities })
    try await contract.check(promise)
  }

  @Test(arguments: IncidentSourceContract.Promise.allCases)
  func `the incident tool keeps`(_ promise: IncidentSourceContract.Promise) async throws {
    try await IncidentSourceContract(in: repositories, since: since) { Self.adapters().incidents }.check(promise)
  }
}
