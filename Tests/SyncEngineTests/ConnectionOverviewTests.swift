import KoalrCore
import KoalrTesting
import Testing

/// How a connection is doing, from what is stored.
struct ConnectionOverviewTests {
  private let store = InMemoryStore()
  private let clock = ManualClock(startingAt: SmallWorld.now)
  private let id = ConnectionID(unchecked: "github")

  private func connection(_ change: (inout Connection) -> Void = { _ in }) -> Connection {
    var connection = Connection(
      id: id, service: .gitHub, organization: "acme", account: "ana", status: .connected,
      message: "Successfully connected via ana", testedAt: SmallWorld.now,
      settings: Connection.Settings(name: "Work", organization: "acme", connectedAt: SmallWorld.now))
    change(&connection)
    return connection
  }

  private func put(_ records: any StoredRecord..., under connection: ConnectionID? = nil) async throws {
    var batch = StoreBatch(connection: connection ?? id)
    for record in records { batch.upsert(record) }
    try await store.write(batch)
  }

  private func status(_ connection: Connection? = nil, after seconds: TimeInterval = 0) async throws -> ConnectionStatus {
    try await ConnectionOverview(of: store, clock: StandingClock(at: SmallWorld.now + seconds)).status(
      of: connection ?? self.connection())
  }

  private func mark(complete: Bool, gaps: Int = 0, at time: Date = SmallWorld.now) -> SyncCheckpoint {
    SyncCheckpoint(
      scope: SourceID(unchecked: "run"), cursor: "days 90", complete: complete, since: nil, time: time, gaps: gaps)
  }

  @Test func `a connection that was just made is connected and has nothing yet`() async throws {
    let status = try await status()
    #expect(status.name == "Work" && status.state == .connected && status.reason == nil)
    #expect(status.account == "ana" && status.organizations == ["acme"])
    #expect(status.repositories == 0 && status.lastSync == nil && status.lastEventAt == nil)
    #expect(status.webhook?.health == .absent && status.missingRepositories.isEmpty)
  }

  @Test func `repositories grow while a sync of another process runs`() async throws {
    try await put(mark(complete: false))
    for number in 1...3 {
      try await put(
        Repository(
          id: RepositoryID(unchecked: "R_\(number)"), name: RepositoryName(unchecked: "acme/r\(number)"), defaultBranch: nil,
          headSHA: nil))
      #expect(try await status().repositories == number)
    }
    #expect(try await status().lastSync?.state == .running)
  }

  @Test func `a run that came to its end is complete or says how much it lacks`() async throws {
    try await put(mark(complete: true))
    #expect(try await status().lastSync?.state == .complete)
    try await put(mark(complete: true, gaps: 3))
    let last = try await status().lastSync
    #expect(last?.state == .incomplete && last?.gaps == 3 && last?.beganAt == SmallWorld.now)
  }

  @Test func `a run that is silent for longer than any pause was interrupted, and events do not make it look alive`() async throws
  {
    try await put(mark(complete: false))
    #expect(try await status(after: 3_000).lastSync?.state == .running)
    #expect(try await status(after: 4_000).lastSync?.state == .interrupted)
    try await put(
      SyncCheckpoint(scope: .events, cursor: nil, complete: true, since: nil, time: SmallWorld.now + 3_990))
    let status = try await status(after: 4_000)
    #expect(status.lastSync?.state == .interrupted && status.lastEventAt == SmallWorld.now + 3_990)
  }

  @Test func `the webhook is as well as the worst of them, and off when it is turned off`() async throws {
    let url = try #require(WebhookURL(rawValue: "https://koalr.example/webhooks/github"))
    for (status, arrivedAt) in [(502, nil), (202, SmallWorld.day(1))] {
      try await put(
        Webhook(
          id: SourceID(unchecked: "1"), organization: "acme", url: url, status: .active, lastDeliveryAt: SmallWorld.day(1),
          lastDeliveryStatus: status))
      #expect(try await self.status().lastEventAt == arrivedAt)
    }
    #expect(try await status().webhook?.health == .active)
    try await put(
      Webhook(id: nil, organization: "beta", url: url, status: .failed, reason: "only owners may", retryHelps: false))
    let webhook = try await status().webhook
    #expect(webhook?.health == .failed && webhook?.reason == "only owners may" && webhook?.retryHelps == false)
    let off = connection { $0.settings?.turn(.webhooks, on: false) }
    #expect(try await status(off).webhook == ConnectionStatus.WebhookState(health: .off))
  }

  @Test func `what does not work of a service that is off does not count`() async throws {
    let refused = Capability(
      name: "receive organisation webhooks", available: false, reason: "only owners may", service: .webhooks,
      nextStep: "use an owner's token")
    let member = connection { ($0.status, $0.capabilities) = (.degraded, [refused]) }
    let status = try await status(member)
    #expect(status.state == .degraded)
    #expect(status.reason == "Cannot receive organisation webhooks: only owners may; use an owner's token")
    var off = member
    off.settings?.turn(.webhooks, on: false)
    #expect(try await self.status(off).state == .connected)
  }

  @Test func `a failed connection says why, and one whose credential ran out too`() async throws {
    let dead = connection { ($0.status, $0.message) = (.failed, "the token was revoked") }
    #expect(try await status(dead).reason == "the token was revoked")
    let expired = connection { $0.credentialExpiresAt = SmallWorld.day(1) }
    #expect(try await status(expired).state == .failed)
    #expect(try await status(expired).reason?.hasPrefix("The credential stopped working on 2026-11-19") == true)
  }

  @Test func `every service has the same status`() async throws {
    for service in [Connection.Service.codecov, .snyk] {
      let other = Connection(
        id: ConnectionID(unchecked: service.rawValue), service: service, organization: "acme", account: nil, status: .connected)
      try await put(other, under: other.id)
    }
    try await put(connection())
    let all = try await ConnectionOverview(of: store, clock: clock).all()
    #expect(all.map(\.name) == ["codecov", "snyk", "Work"])
    #expect(all.map(\.repositories) == [0, nil, 0] && all.map { $0.webhook == nil } == [true, true, false])
  }

  @Test func `repositories are not missed before twenty minutes have passed`() async throws {
    #expect(try await status(after: 1_199).missingRepositories.isEmpty)
    #expect(try await status(after: 1_200).missingRepositories.map(\.kind) == [.syncNotStarted])
  }

  struct Missing: Sendable, CustomTestStringConvertible {
    var kinds: [ConnectionStatus.Cause.Kind]
    var mark: SyncCheckpoint?
    var change: @Sendable (inout Connection) -> Void = { _ in }
    var testDescription: String { kinds.map(\.rawValue).joined(separator: ", ") }
  }

  private static func mark(_ complete: Bool, _ gaps: Int = 0) -> SyncCheckpoint {
    SyncCheckpoint(
      scope: SourceID(unchecked: "run"), cursor: nil, complete: complete, since: nil, time: SmallWorld.now, gaps: gaps)
  }

  private static func access(
    _ state: OrganizationAccess.State, hidden: Bool = false, _ reason: String = "no"
  ) -> [OrganizationAccess] {
    let remedy = OrganizationAccess.Remedy(who: .owner, reason: reason, action: "ask", page: "https://github.example/page")
    let counts: (Int?, Int?) = hidden ? (0, 3) : (nil, nil)
    return [
      OrganizationAccess(
        name: "acme", state: state, visibleRepositories: counts.0, allRepositories: counts.1, remedy: remedy)
    ]
  }

  static let missing: [Missing] = [
    Missing(kinds: [.syncNotStarted]),
    Missing(kinds: [.syncRunning], mark: mark(false)),
    Missing(kinds: [.syncFailed], mark: mark(true, 2)),
    Missing(kinds: [.emptyOrganization], mark: mark(true)),
    Missing(kinds: [.choice], mark: mark(true)) { $0.settings?.repositories = ["nothing"] },
    Missing(kinds: [.permissions], mark: mark(true)) { $0.organizationAccess = access(.granted, hidden: true) },
    Missing(kinds: [.permissions], mark: mark(true)) {
      $0.capabilities = [Capability(name: "read repositories", available: false, reason: "public only", service: .repositories)]
    },
    Missing(kinds: [.singleSignOn, .syncNotStarted]) {
      ($0.status, $0.organizationAccess) = (.failed, access(.singleSignOnRequired))
    },
    Missing(kinds: [.appRestriction, .syncNotStarted]) { ($0.status, $0.organizationAccess) = (.failed, access(.appRestricted)) },
    Missing(kinds: [.organization, .syncNotStarted]) { ($0.status, $0.organizationAccess) = (.failed, access(.notVisible)) },
    Missing(kinds: [.credential, .syncNotStarted]) { ($0.status, $0.message) = (.failed, "the token was revoked") },
  ]

  @Test(arguments: missing)
  func `repositories that do not appear have reasons, each with one next step`(one: Missing) async throws {
    if let mark = one.mark { try await put(mark) }
    let causes = try await status(connection(one.change), after: 1_500).missingRepositories
    #expect(causes.map(\.kind) == one.kinds, "\(causes)")
    #expect(causes.allSatisfy { !$0.reason.isEmpty })
    for cause in causes where cause.kind == .singleSignOn || cause.kind == .appRestriction {
      #expect(cause.nextStep == "ask: https://github.example/page")
    }
  }

  @Test func `repositories that are there are not missed`() async throws {
    try await put(Repository(id: SmallWorld.api, name: RepositoryName(unchecked: "acme/api"), defaultBranch: nil, headSHA: nil))
    #expect(try await status(after: 9_000).missingRepositories.isEmpty)
  }
}
