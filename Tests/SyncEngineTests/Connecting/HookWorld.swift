import KoalrCore
import KoalrTesting

/// A host with webhooks, and everything of ours around it, in memory.
struct HookWorld {
  static let id = ConnectionID(unchecked: "work")
  static let url = WebhookURL(unchecked: "https://koalr.example/webhooks/github")
  static let target = WebhookTarget.organization("acme")
  static let settings = Connection.Settings(name: "Work", organization: "acme")
  static let token = Secret("ghp_THISisASecret") ?? MockWebhookHost(clock: .system).newWebhookSecret()

  let clock: ManualClock
  let host: MockWebhookHost
  let store = InMemoryStore()
  let secrets = InMemorySecretStore()
  let queue: InMemoryJobQueue

  init(skipsSleep: Bool = true) {
    let clock = ManualClock(startingAt: SmallWorld.now, skipsSleep: skipsSleep)
    self.clock = clock
    host = MockWebhookHost(clock: clock, pageSize: 2)
    queue = InMemoryJobQueue(now: { clock.now() })
  }

  var upkeep: WebhookUpkeep {
    WebhookUpkeep(of: Self.id, at: host, store: store, secrets: secrets, clock: clock)
  }

  var lifecycle: ConnectionLifecycle { ConnectionLifecycle(store: store, secrets: secrets, queue: queue, clock: clock) }

  func error(_ code: IntegrationError.Code, _ reason: String) -> IntegrationError {
    IntegrationError(code, service: .gitHub, operation: "try it", reason: reason)
  }

  /// Lets the next call of a kind fail.
  func fail(_ call: MockWebhookHost.Call, _ code: IntegrationError.Code, _ reason: String = "it did not", done: Bool = false) {
    let error = error(code, reason)
    host.next(call, done: done) { throw error }
  }

  @discardableResult
  func register() async throws -> Webhook { try await upkeep.register(Self.url, on: Self.target) }

  /// The only webhook that is kept.
  func only() async throws -> Webhook? {
    let all = try await upkeep.webhooks()
    return all.count == 1 ? all[0] : nil
  }

  func keepRepositories() async throws -> [Repository] {
    let repositories = ["api", "web", "old"].map { name in
      Repository(
        id: RepositoryID(unchecked: "R_\(name)"), name: RepositoryName(unchecked: "acme/\(name)"), defaultBranch: "main",
        headSHA: nil, archived: name == "old")
    }
    var batch = StoreBatch(connection: Self.id)
    for repository in repositories { batch.upsert(repository) }
    try await store.write(batch)
    return repositories
  }
}
