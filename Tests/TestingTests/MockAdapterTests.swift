import KoalrCore
import KoalrTesting
import Testing

struct MockAdapterTests {
  private let world = SampleOrganisation.world
  private let since = SampleOrganisation.since

  private func questions(_ names: String...) throws -> [RepositoryPageRequest] {
    try names.map { RepositoryPageRequest(repository: try #require(world[$0]).repository, since: since) }
  }

  @Test func `a code host leaves files to the history unless it is told to send them`() async throws {
    let remote = MockRemote(world)
    let asked = try questions("web-shop")
    let bare = try await MockCodeHost(remote).changes(asked)[0].result.get()
    let whole = try await MockCodeHost(remote, sendsFiles: true).changes(asked)[0].result.get()
    #expect(bare.elements.allSatisfy { $0.files == nil } && whole.elements.allSatisfy { $0.files != nil })
  }

  @Test func `every change arrives over the pages, and calls are recorded with their cursors`() async throws {
    let host = MockCodeHost(MockRemote(world, pageSizes: MockPageSizes(elements: 10)))
    var question = try questions("payments-api")[0]
    var ids: [ChangeID] = []
    repeat {
      let page = try await host.changes([question])[0].result.get()
      #expect(page.elements.count <= 10)
      ids += page.elements.map(\.id)
      question.after = page.next
    } while question.after != nil
    #expect(Set(ids) == Set(try #require(world["payments-api"]).changes.map(\.id)))
    #expect(host.remote.callCount(.changes) == (ids.count + 9) / 10)
    #expect(host.remote.calls.first?.cursors == [nil])
    #expect(host.remote.calls.dropFirst().allSatisfy { $0.cursors != [nil] })
  }

  @Test func `a cursor of another source is refused with advice`() async throws {
    let adapters = SampleOrganisation.adapters()
    let error = await #expect(throws: IntegrationError.self) {
      try await adapters.codeHost.repositories(after: Cursor("findings:5"))
    }
    #expect(
      error?.description
        == "github: could not page through repositories: the cursor was not made by this source; start from the first page")
  }

  @Test func `the second call fails and the third is answered`() async throws {
    var plan = FailurePlan()
    plan.fail(.people, call: 2, with: .rateLimited)
    let host = SampleOrganisation.adapters(failures: plan).codeHost
    _ = try await host.people(after: nil)
    let error = await #expect(throws: IntegrationError.self) { try await host.people(after: nil) }
    #expect(error?.code == .rateLimited && error?.retry == .soon)
    _ = try await host.people(after: nil)
  }

  @Test func `one repository fails and the others of the call are answered`() async throws {
    var plan = FailurePlan()
    plan.fail(.issues, in: try #require(world["web-shop"]).repository.id, with: .forbidden)
    let answers = try await SampleOrganisation.adapters(failures: plan).codeHost.issues(questions("docs-site", "web-shop"))
    #expect((try? answers[0].result.get()) != nil)
    #expect(throws: IntegrationError.self) { try answers[1].result.get() }
  }

  @Test func `an unknown repository of a call fails alone`() async throws {
    let stranger = Repository(
      id: RepositoryID(unchecked: "R_none"), name: RepositoryName(unchecked: "acme/none"), defaultBranch: nil, headSHA: nil)
    let asked = try [RepositoryPageRequest(repository: stranger, since: since)] + questions("docs-site")
    let answers = try await SampleOrganisation.adapters().codeHost.deployments(asked)
    #expect(throws: IntegrationError.self) { try answers[0].result.get() }
    #expect((try? answers[1].result.get()) != nil)
  }

  @Test func `an outage concerns one service only, and ends when the plan is replaced`() async throws {
    let adapters = SampleOrganisation.adapters(failures: .outage(of: .codecov))
    await #expect(throws: IntegrationError.self) { try await adapters.coverage.testConnection() }
    await #expect(throws: IntegrationError.self) { try await adapters.coverage.measuredRepositories(after: nil) }
    #expect(try await adapters.codeHost.testConnection().message == "Successfully connected via koalr-reader")
    adapters.remote.setFailures(.none)
    #expect(try await adapters.coverage.testConnection().status == .connected)
  }

  @Test func `a plan can cancel, and can act before the answer`() async throws {
    let adapters = SampleOrganisation.adapters()
    let remote = adapters.remote
    var plan = FailurePlan()
    plan.cancel(.findings)
    plan.perform(at: .repositories) { remote.update { $0.repositories = [] } }
    remote.setFailures(plan)
    await #expect(throws: CancellationError.self) {
      try await adapters.vulnerabilities.findings(in: RepositoryDirectory([]), since: since, after: nil)
    }
    #expect(try await adapters.codeHost.repositories(after: nil).elements.isEmpty)
    #expect(remote.calls.map(\.operation) == [.findings, .repositories])
    remote.forgetCalls()
    #expect(remote.calls.isEmpty)
  }

  @Test func `a history can break off after some batches`() async throws {
    var plan = FailurePlan()
    plan.fail(.historyBatch, call: 3, with: .unavailable)
    let adapters = SampleOrganisation.adapters(failures: plan)
    let request = HistoryRequest(repository: try #require(world["web-shop"]).repository, since: since, batchSize: 5)
    let seen = RecordingObserver()
    await #expect(throws: IntegrationError.self) {
      try await adapters.history.readHistory(request) { seen.observe(.note("\($0.commits.count)")) }
    }
    #expect(seen.notes == ["5", "5"])
  }

  @Test func `git does not know accounts, and the code host does`() async throws {
    let adapters = SampleOrganisation.adapters()
    let found = try #require(world["auth-service"])
    let summary = try await adapters.history.readHistory(HistoryRequest(repository: found.repository, since: since)) { batch in
      #expect(batch.commits.allSatisfy { $0.author == nil && !$0.authorEmail.isEmpty })
    }
    #expect(summary.headSHA == found.repository.headSHA)
    let samples = found.commits.map { AuthorSample(repository: found.repository, sha: $0.sha) }
    let authors = try await adapters.codeHost.authors(of: samples)
    #expect(found.commits.allSatisfy { authors[$0.sha] == $0.author })
  }

  @Test func `findings outside the directory belong to no repository`() async throws {
    let shop = try #require(world["web-shop"]).repository
    let directory = RepositoryDirectory([shop])
    let page = try await SampleOrganisation.adapters().vulnerabilities.findings(in: directory, since: since, after: nil)
    #expect(Set(page.elements.map(\.finding.repositoryID)) == [shop.id, nil])
  }

  @Test func `incidents are those that began or ended since`() async throws {
    let adapters = SampleOrganisation.adapters()
    let directory = RepositoryDirectory(world.repositories.map(\.repository))
    let all = try await adapters.incidents.incidents(in: directory, since: since, after: nil).elements
    #expect(all == world.incidents && all.allSatisfy { $0.source.rawValue == "pager" })
    let later = try await adapters.incidents.incidents(in: directory, since: SampleOrganisation.now, after: nil)
    #expect(later.elements.isEmpty)
  }

  @Test func `a notifier keeps what it delivered`() async throws {
    var plan = FailurePlan()
    plan.fail(.notify, call: 1, with: .unavailable)
    let notifier = RecordingNotifier(failures: plan)
    let message = Notification(title: "Score", body: "91")
    await #expect(throws: IntegrationError.self) { try await notifier.notify(message) }
    try await notifier.notify(message)
    #expect(notifier.notifications == [message])
  }
}
