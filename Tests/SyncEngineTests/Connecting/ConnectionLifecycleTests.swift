import KoalrCore
import KoalrTesting
import Synchronization
import Testing

struct ConnectionLifecycleTests {
  private func connect(_ world: HookWorld, webhook: WebhookURL? = HookWorld.url) async throws -> ConnectionStart {
    try await world.lifecycle.connect(
      HookWorld.id, HookWorld.settings, token: HookWorld.token, through: world.host, webhook: webhook)
  }

  private func saved(_ world: HookWorld) async throws -> Connection? {
    try await world.store.all(RecordQuery(Connection.self)).first
  }

  @Test func `connecting saves, registers the webhook and enqueues the sync, which has not begun`() async throws {
    let world = HookWorld(skipsSleep: false)
    let start = try await connect(world)
    #expect(start.isSaved && start.connection.message == "Successfully connected via octocat")
    #expect(start.webhooks.map(\.status) == [.active] && start.sync != nil)
    #expect(try await saved(world)?.settings?.connectedAt == SmallWorld.now)
    #expect(try await world.secrets.secret(.token, connection: HookWorld.id) == HookWorld.token)
    #expect(try await world.queue.counts() == JobCounts(due: 1))
    #expect(try await world.store.count(RecordQuery(Repository.self)) == 0)
  }

  @Test func `after a failed test nothing is saved and nothing begins`() async throws {
    let world = HookWorld(skipsSleep: false)
    world.host.connection.status = .failed
    let start = try await connect(world)
    #expect(!start.isSaved && start.connection.status == .failed && start.sync == nil)
    #expect(try await saved(world) == nil)
    #expect(try await world.secrets.names(connection: HookWorld.id).isEmpty)
    #expect(try await world.queue.counts() == JobCounts())
    #expect(world.host.calls == [.test])
  }

  @Test func `a webhook that takes longer than 30 seconds fails and is tried again, and the connection stands`() async throws {
    let world = HookWorld(skipsSleep: false)
    let clock = world.clock
    world.host.next(.create) { try await clock.sleep(for: .seconds(3600)) }
    async let pending = connect(world)
    await clock.waitForSleepers(2)
    clock.advance(by: .seconds(30))
    let start = try await pending
    #expect(start.isSaved && start.connection.status == .connected)
    let webhook = try #require(start.webhooks.first)
    #expect(webhook.status == .failed && webhook.retryHelps == true)
    #expect(webhook.reason == "registering did not end within 30 seconds; it is tried again")
    #expect(try await world.queue.counts() == JobCounts(due: 1, delayed: 1))
    clock.advance(by: .seconds(60))
    let worker = SyncWorker(
      queue: world.queue, name: "w", works: [SyncWorker.webhook { _ in try await world.upkeep.retry() }], clock: clock)
    // The sync, which this worker does not know, is left to others.
    #expect(try await worker.runNext())
    #expect(try await world.queue.counts() == JobCounts(due: 1))
    #expect(try await world.only()?.status == .active)
    #expect(world.host.webhooks.count == 1)
  }

  @Test func `a webhook that may not be registered does not fail the connection, and is not tried again by itself`() async throws
  {
    let world = HookWorld(skipsSleep: false)
    world.host.organizationObstacle = world.error(.forbidden, "an owner must do it")
    let start = try await connect(world)
    #expect(start.isSaved && start.webhooks.map(\.reason) == ["an owner must do it"])
    #expect(try await world.queue.counts() == JobCounts(due: 1))
  }

  @Test func `without an address, or with the service turned off, there is no webhook`() async throws {
    let world = HookWorld(skipsSleep: false)
    #expect(try await connect(world, webhook: nil).webhooks.isEmpty)
    var settings = HookWorld.settings
    settings.servicesOff = [.webhooks]
    let start = try await world.lifecycle.connect(
      HookWorld.id, settings, token: HookWorld.token, through: world.host, webhook: HookWorld.url)
    #expect(start.isSaved && start.webhooks.isEmpty)
    #expect(world.host.calls == [.test, .test])
  }

  @Test func `each organisation of a connection gets a webhook`() async throws {
    let world = HookWorld(skipsSleep: false)
    world.host.connection.otherOrganizations = ["umbrella"]
    let start = try await connect(world)
    #expect(start.webhooks.map(\.organization) == ["acme", "umbrella"])
    #expect(world.host.webhooks.count == 2 && Set(world.host.secrets).count == 1)
  }

  @Test func `connecting twice enqueues one sync and keeps one webhook`() async throws {
    let world = HookWorld(skipsSleep: false)
    let first = try await connect(world)
    let second = try await connect(world)
    #expect(first.sync == second.sync)
    #expect(world.host.webhooks.count == 1)
    #expect(try await world.queue.counts() == JobCounts(due: 1))
  }

  // MARK: Replacing a token

  @Test func `a new token keeps the data and checks the webhook`() async throws {
    let world = HookWorld(skipsSleep: false)
    _ = try await connect(world)
    _ = try await world.keepRepositories()
    world.host.meddle { $0.active = false }
    let token = try #require(Secret("ghp_another"))
    let start = try await world.lifecycle.replaceToken(of: HookWorld.id, with: token, through: world.host)
    #expect(start.isSaved && start.webhooks.map(\.status) == [.active] && world.host.webhooks.allSatisfy(\.active))
    #expect(try await world.secrets.secret(.token, connection: HookWorld.id) == token)
    #expect(try await world.store.count(RecordQuery(Repository.self)) == 3)
    #expect(try await saved(world)?.settings?.name == "Work")
  }

  @Test func `a new token that is dead, or belongs elsewhere, changes nothing`() async throws {
    let world = HookWorld(skipsSleep: false)
    _ = try await connect(world)
    let token = try #require(Secret("ghp_another"))
    world.host.connection.organization = "umbrella"
    await #expect(
      throws: ConnectionChangeError(
        description: "The token belongs to umbrella, and the connection holds records of acme. The saved token stays.")
    ) { _ = try await world.lifecycle.replaceToken(of: HookWorld.id, with: token, through: world.host) }
    world.host.connection.status = .failed
    #expect(try await !world.lifecycle.replaceToken(of: HookWorld.id, with: token, through: world.host).isSaved)
    #expect(try await world.secrets.secret(.token, connection: HookWorld.id) == HookWorld.token)
    let unknown = ConnectionID(unchecked: "nobody")
    await #expect(throws: ConnectionChangeError(description: "There is no connection with the id nobody.")) {
      _ = try await world.lifecycle.replaceToken(of: unknown, with: token, through: world.host)
    }
  }

  // MARK: Disconnecting

  @Test(arguments: [true, false]) func `disconnecting ends everything that connecting began`(deletesData: Bool) async throws {
    let world = HookWorld(skipsSleep: false)
    _ = try await connect(world)
    _ = try await world.keepRepositories()
    let revoked = Mutex<[Secret]>([])
    let outcome = try await world.lifecycle.disconnect(
      HookWorld.id, through: world.host,
      DisconnectOptions(deletesData: deletesData) { token in revoked.withLock { $0.append(token) } })
    #expect(outcome.problems.isEmpty && outcome.isRevoked)
    #expect(revoked.withLock { $0 } == [HookWorld.token])
    #expect(world.host.webhooks.isEmpty)
    #expect(try await world.queue.counts() == JobCounts())
    #expect(try await world.secrets.names(connection: HookWorld.id).isEmpty)
    #expect(try await world.store.count(RecordQuery(Webhook.self)) == 0)
    #expect(try await world.store.count(RecordQuery(Repository.self)) == (deletesData ? 0 : 3))
    #expect(try await saved(world)?.settings == nil)
    #expect((try await saved(world) == nil) == deletesData)
    #expect((outcome.deletedRecords > 0) == deletesData)
  }

  @Test func `a service that no longer knows the token does not hold up the end`() async throws {
    let world = HookWorld(skipsSleep: false)
    _ = try await connect(world)
    world.fail(.delete, .unauthorized, "the token is dead")
    let gone = world.error(.unauthorized, "the token is dead")
    let outcome = try await world.lifecycle.disconnect(
      HookWorld.id, through: world.host, DisconnectOptions { _ in throw gone })
    #expect(!outcome.isRevoked)
    #expect(
      outcome.problems == [
        "The webhook of acme stays and has to be removed in its settings at the service: the token is dead.",
        "The token was not revoked and has to be in the settings at the service: the token is dead.",
      ])
    #expect(try await saved(world)?.settings == nil)
    #expect(try await world.secrets.names(connection: HookWorld.id).isEmpty)
  }
}
