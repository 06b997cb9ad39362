public import KoalrDomain
public import KoalrIntegrationProtocols
public import KoalrStorage
import Synchronization

/// Takes what a code host delivers: checks it, drops what came before, and queues what is worth looking at. It belongs behind any
/// HTTP server, and answers as soon as the queue has the event.
///
/// ```swift
/// let receiver = WebhookReceiver(reader: GitHubEventReader(secrets: [secret]), queue: queue, connection: "github")
/// let answer = await receiver.handle(headers: request.headers, body: request.body)
/// ```
///
/// With a durable queue nothing that was answered with 202 is lost, whenever the process dies. A delivery that comes twice is
/// dropped by its id while the process remembers it or the queue holds it; after that it is looked at again, which changes nothing.
public final class WebhookReceiver: Sendable {
  private let reader: any EventReader
  private let queue: any JobQueue
  private let connection: ConnectionID
  private let limits: WebhookLimits
  private let observer: any SyncObserver
  private let state: Mutex<State>

  private struct State {
    var recent: RecentDeliveries
    var counts = WebhookCounts()
    /// Deliveries that may still come before the queue is looked at again.
    var untilLook = 0
  }

  /// How many deliveries come between two looks at how much waits.
  static let deliveriesPerLook = 256

  /// Makes a receiver.
  ///
  /// - Parameters:
  ///   - reader: checks and reads deliveries.
  ///   - queue: where events wait for a ``Follower``.
  ///   - connection: the connection they belong to.
  ///   - limits: how much is taken.
  ///   - observer: told of every event that is accepted.
  public init(
    reader: some EventReader, queue: some JobQueue, connection: ConnectionID, limits: WebhookLimits = WebhookLimits(),
    observer: any SyncObserver = .silent
  ) {
    self.reader = reader
    self.queue = queue
    self.connection = connection
    self.limits = limits
    self.observer = observer
    state = Mutex(State(recent: RecentDeliveries(capacity: limits.rememberedDeliveries)))
  }

  /// What it has seen so far.
  public var counts: WebhookCounts { state.withLock { $0.counts } }

  /// Answers one request. Never fails: what cannot be done is an answer, too.
  ///
  /// - Parameters:
  ///   - headers: the request's, whatever the case of their names.
  ///   - body: the raw body, not decoded in any way.
  public func handle(headers: [String: String], body: Data) async -> WebhookAnswer {
    do {
      return try await accept(WebhookDelivery(headers: headers, body: body))
    } catch {
      return refuse(error)
    }
  }

  /// Counts and answers what the server itself had to refuse: a body that it did not read to its end.
  public func refuse(_ refusal: DeliveryRefusal) -> WebhookAnswer {
    state.withLock { $0.counts.refused[refusal.code, default: 0] += 1 }
    return WebhookAnswer(status: refusal.status, text: refusal.reason)
  }

  private func accept(_ delivery: WebhookDelivery) async throws(DeliveryRefusal) -> WebhookAnswer {
    guard delivery.body.count <= limits.bodyBytes else {
      throw DeliveryRefusal(.tooLarge, "the body is larger than \(limits.bodyBytes) bytes")
    }
    let event = try reader.read(delivery)
    guard event.isKnown else {
      state.withLock { $0.counts.countUnknown(event.name) }
      return WebhookAnswer(status: 202, text: "accepted, and not looked at")
    }
    guard state.withLock({ $0.recent.insert(event.delivery) }) else {
      state.withLock { $0.counts.duplicates += 1 }
      return WebhookAnswer(status: 202, text: "accepted before")
    }
    do {
      try await enqueue(event)
    } catch {
      // It has to be new when the host delivers it again.
      state.withLock { $0.recent.remove(event.delivery) }
      throw DeliveryRefusal(.unavailable, "events cannot be kept at the moment; deliver again later")
    }
    state.withLock { $0.counts.accepted[event.name, default: 0] += 1 }
    observer.observe(.note("accepted    \(event.title)"))
    return WebhookAnswer(status: 202, text: "accepted")
  }

  private func enqueue(_ event: HostEvent) async throws {
    guard !event.subjects.isEmpty else { return }
    try await refuseWhenFull()
    try await queue.enqueue(try QueuedEvent(event, connection: connection).job())
  }

  private func refuseWhenFull() async throws {
    let looks = state.withLock { state in
      state.untilLook -= 1
      return state.untilLook < 0
    }
    guard looks else { return }
    let counts = try await queue.counts()
    guard counts.due + counts.delayed + counts.claimed < limits.waitingJobs else {
      throw JobQueueError(
        .full, operation: "add an event", reason: "\(limits.waitingJobs) jobs wait; add workers or find out why.")
    }
    state.withLock { $0.untilLook = Self.deliveriesPerLook }
  }
}

extension DeliveryRefusal {
  fileprivate var status: Int {
    switch code {
    case .unsigned: 401
    case .tooLarge: 413
    case .unavailable: 503
    default: 400
    }
  }
}
