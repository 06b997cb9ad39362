import Foundation
import KoalrCore
import KoalrTesting
import Testing

struct WebhookReceiverTests {
  private static let connection = ConnectionID(unchecked: "github")

  private static func receiver(
    queue: some JobQueue = InMemoryJobQueue(), limits: WebhookLimits = WebhookLimits()
  ) -> WebhookReceiver {
    WebhookReceiver(reader: WordReader(), queue: queue, connection: connection, limits: limits)
  }

  @Test func `a delivery is queued once, however often it comes`() async throws {
    let queue = InMemoryJobQueue()
    let receiver = Self.receiver(queue: queue)
    for expected in ["accepted", "accepted before", "accepted before"] {
      #expect(await receiver.handle(headers: ["id": "1"], body: Data("push".utf8)) == WebhookAnswer(status: 202, text: expected))
    }
    #expect(try await queue.counts().due == 1)
    #expect(receiver.counts.accepted == ["push": 1] && receiver.counts.duplicates == 2 && receiver.counts.total == 3)
  }

  @Test func `a second process drops what the first one has queued`() async throws {
    let queue = InMemoryJobQueue()
    for _ in 0..<2 { _ = await Self.receiver(queue: queue).handle(headers: ["id": "1"], body: Data("push".utf8)) }
    #expect(try await queue.counts().due == 1)
  }

  @Test func `unknown events are accepted, counted and dropped`() async throws {
    let queue = InMemoryJobQueue()
    let receiver = Self.receiver(queue: queue)
    for number in 0..<150 {
      let answer = await receiver.handle(headers: ["id": "\(number)"], body: Data("unknown-\(number % 120)".utf8))
      #expect(answer.status == 202)
    }
    #expect(try await queue.counts() == JobCounts())
    #expect(receiver.counts.unknown.values.reduce(0, +) == 150)
    #expect(receiver.counts.unknown.count == WebhookCounts.maximumNames + 1)
    #expect(receiver.counts.unknown["unknown-3"] == 2 && receiver.counts.unknown["other"] == 20)
  }

  @Test(arguments: [
    (DeliveryRefusal.Code.unsigned, 401), (.malformed, 400), (.tooLarge, 413), (.unavailable, 503),
  ])
  func `a refusal has its status and is counted`(code: DeliveryRefusal.Code, status: Int) async {
    let receiver = Self.receiver()
    let answer = await receiver.handle(headers: ["refuse": code.rawValue], body: Data())
    #expect(answer == WebhookAnswer(status: status, text: "as the test wants"))
    #expect(receiver.counts.refused == [code: 1])
  }

  @Test func `a body over the limit is not even looked at`() async {
    let receiver = Self.receiver(limits: WebhookLimits(bodyBytes: 4))
    #expect(await receiver.handle(headers: ["id": "1"], body: Data("push".utf8)).status == 202)
    let answer = await receiver.handle(headers: ["refuse": "unsigned"], body: Data("pushy".utf8))
    #expect(answer == WebhookAnswer(status: 413, text: "the body is larger than 4 bytes"))
    #expect(WebhookLimits(bodyBytes: .max).bodyBytes == 25 * 1024 * 1024)
  }

  @Test func `an event that cannot be kept is refused, and welcome when it comes again`() async throws {
    let queue = InMemoryJobQueue()
    try await queue.enqueue(NewJob(kind: "other"))
    let receiver = Self.receiver(queue: queue, limits: WebhookLimits(waitingJobs: 1))
    let answer = await receiver.handle(headers: ["id": "1"], body: Data("push".utf8))
    #expect(answer == WebhookAnswer(status: 503, text: "events cannot be kept at the moment; deliver again later"))
    try await queue.complete(try await queue.claim(limit: 1, lease: .seconds(9), worker: "test"))
    #expect(await receiver.handle(headers: ["id": "1"], body: Data("push".utf8)).text == "accepted")
  }

  @Test func `only the newest ids are remembered`() async throws {
    let queue = InMemoryJobQueue()
    let receiver = Self.receiver(queue: queue, limits: WebhookLimits(rememberedDeliveries: 2))
    for id in ["1", "2", "3", "3", "2", "1"] { _ = await receiver.handle(headers: ["id": id], body: Data("push".utf8)) }
    #expect(receiver.counts.duplicates == 2)
    #expect(try await queue.counts().due == 3)  // The queue knows the first one, too.
  }

  @Test func `many at once are each queued once`() async throws {
    let queue = InMemoryJobQueue()
    let receiver = Self.receiver(queue: queue)
    await withTaskGroup { group in
      for number in 0..<400 {
        group.addTask { _ = await receiver.handle(headers: ["id": "\(number % 100)"], body: Data("push".utf8)) }
      }
    }
    #expect(try await queue.counts().due == 100)
    #expect(receiver.counts.accepted["push"] == 100 && receiver.counts.duplicates == 300)
  }
}

/// Reads deliveries whose body is the name of an event.
struct WordReader: EventReader {
  func read(_ delivery: WebhookDelivery) throws(DeliveryRefusal) -> HostEvent {
    if let word = delivery["refuse"] { throw DeliveryRefusal(DeliveryRefusal.Code(rawValue: word), "as the test wants") }
    guard let id = delivery["id"] else { throw DeliveryRefusal(.malformed, "no id") }
    let name = String(decoding: delivery.body, as: UTF8.self)
    return HostEvent(
      delivery: SourceID(unchecked: id), name: name, subjects: [.people], isKnown: !name.hasPrefix("unknown"))
  }
}
