public import KoalrCore
import Synchronization

/// A code host that keeps webhooks and delivers what a test says: for tests of what connecting starts.
///
/// ```swift
/// let host = MockWebhookHost(clock: clock)
/// host.receiverStatus = nil          // the receiver is down
/// host.deliver("push")               // a failed delivery
/// host.next(.create, done: true) { throw lost }   // makes the webhook and loses the answer
/// ```
public final class MockWebhookHost: Sendable {
  /// What it can be asked.
  public enum Call: String, Sendable, Hashable, CaseIterable {
    /// Trying the credential.
    case test
    /// What stands in the way of a webhook.
    case obstacle
    /// A page of webhooks.
    case list
    /// Making one.
    case create
    /// Changing one.
    case change
    /// A ping.
    case ping
    /// A page of deliveries.
    case deliveries
    /// Delivering something once more.
    case redeliver
    /// Removing one.
    case delete
  }

  let state: Mutex<State>
  let clock: any WallClock
  let pageSize: Int

  /// Makes a host without webhooks.
  ///
  /// - Parameters:
  ///   - clock: the time of deliveries.
  ///   - pageSize: how many elements a page has.
  public init(clock: any WallClock, pageSize: Int = 100) {
    precondition(pageSize > 0, "A page holds at least one element.")
    self.clock = clock
    self.pageSize = pageSize
    state = Mutex(State(connection: Self.sample))
  }

  /// What a test of the credential answers.
  public var connection: Connection {
    get { state.withLock { $0.connection } }
    set { state.withLock { $0.connection = newValue } }
  }

  /// What stands in the way of a webhook of an organisation; single repositories are not held up.
  public var organizationObstacle: IntegrationError? {
    get { state.withLock { $0.obstacle } }
    set { state.withLock { $0.obstacle = newValue } }
  }

  /// What the receiver of deliveries answers: an HTTP status; `nil` when it is not reached.
  public var receiverStatus: Int? {
    get { state.withLock { $0.receiverStatus } }
    set { state.withLock { $0.receiverStatus = newValue } }
  }

  /// The calls so far, in order; those that failed as well.
  public var calls: [Call] { state.withLock { $0.calls } }

  /// The webhooks there are, in the order they were made.
  public var webhooks: [RegisteredWebhook] { state.withLock { $0.hooks.map(\.described) } }

  /// The secrets that the webhooks there are were given last, in the order they were made.
  public var secrets: [Secret] { state.withLock { $0.hooks.map(\.wanted.secret) } }

  /// Every attempt to deliver something, the oldest first.
  public var attempts: [DeliveryAttempt] { state.withLock { $0.hooks.flatMap(\.deliveries) } }

  /// Lets an event happen, of which every webhook that is turned on tells.
  public func deliver(_ event: String) {
    let now = clock.now()
    state.withLock { state in
      for index in state.hooks.indices where state.hooks[index].wanted.active { state.deliver(event, on: index, at: now) }
    }
  }

  /// Lets somebody turn off, change or remove webhooks at the service.
  public func meddle(_ change: (inout WantedWebhook) -> Void, removing: Bool = false) {
    state.withLock { state in
      if removing { state.hooks = [] }
      for index in state.hooks.indices { change(&state.hooks[index].wanted) }
    }
  }

  /// Does something at the next call of a kind, once: fail, wait, move a clock.
  ///
  /// - Parameters:
  ///   - call: which kind.
  ///   - done: whether the call has its effect before.
  ///   - action: what is done.
  public func next(_ call: Call, done: Bool = false, _ action: @escaping @Sendable () async throws -> Void) {
    state.withLock { $0.actions.append((call, done, action)) }
  }

  private static var sample: Connection {
    Connection(
      id: ConnectionID(unchecked: "github"), service: .gitHub, organization: "acme", account: "octocat", status: .connected,
      message: "Successfully connected via octocat")
  }

  struct State {
    var connection: Connection
    var obstacle: IntegrationError?
    var receiverStatus: Int? = 200
    var calls: [Call] = []
    var hooks: [Hook] = []
    var actions: [(call: Call, done: Bool, body: @Sendable () async throws -> Void)] = []
    var lastID = 0

    mutating func nextID() -> SourceID {
      lastID += 1
      return SourceID(unchecked: String(lastID))
    }

    mutating func deliver(_ event: String, on index: Int, guid: String? = nil, at now: Date) {
      let id = nextID()
      let outcome: DeliveryAttempt.Outcome = receiverStatus.map { (200...299).contains($0) } == true ? .accepted : .failed
      hooks[index].deliveries.append(
        DeliveryAttempt(
          id: id, guid: guid ?? "guid-\(id)", event: event, deliveredAt: now, outcome: outcome, status: receiverStatus,
          isPing: event == "ping"))
    }
  }

  struct Hook {
    var id: SourceID
    var target: WebhookTarget
    var wanted: WantedWebhook
    var createdAt: Date
    var deliveries: [DeliveryAttempt] = []

    var described: RegisteredWebhook {
      RegisteredWebhook(
        id: id, url: wanted.url.rawValue, events: wanted.events, active: wanted.active, createdAt: createdAt)
    }
  }
}
