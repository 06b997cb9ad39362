import Foundation
import KoalrCore
import KoalrTesting
import Testing

/// A synced organisation, its events, and a follower.
struct FollowTrial: Sendable {
  static let connection = ConnectionID(unchecked: "github")

  let remote: MockRemote
  let store = InMemoryStore()
  let clock = ManualClock(startingAt: SampleOrganisation.now)
  let queue: InMemoryJobQueue
  let follower: Follower

  /// Syncs a world whole.
  init(_ world: MockWorld = SyncTrial.smallWorld, elements: Int = 25) async throws {
    remote = MockRemote(world, pageSizes: MockPageSizes(elements: elements))
    queue = InMemoryJobQueue { [clock] in clock.now() }
    follower = try Follower(
      sources: Self.sources(remote), store: store, queue: queue, connection: Self.connection, clock: clock)
    #expect(try await Self.sync(remote, into: store, clock))
    remote.forgetCalls()
  }

  static func sources(_ remote: MockRemote) -> SyncSources {
    let adapters = MockAdapters(remote)
    return SyncSources(codeHost: adapters.codeHost, history: adapters.history)
  }

  static func sync(_ remote: MockRemote, into store: any Store, _ clock: any WallClock) async throws -> Bool {
    try await SyncEngine(sources: sources(remote), store: store, clock: clock).run().isComplete
  }

  /// Puts events into the queue as a receiver does.
  func deliver(_ events: [HostEvent]) async throws {
    let receiver = WebhookReceiver(reader: EventsReader(events: events), queue: queue, connection: Self.connection)
    for index in events.indices {
      #expect(await receiver.handle(headers: ["index": "\(index)"], body: Data()).status == 202)
    }
  }

  /// Follows all that is due; returns what came of it.
  @discardableResult
  func follow() async throws -> FollowCounts {
    while try await follower.followWaiting() > 0 {}
    return follower.counts
  }

  /// What the store holds that a new sync of the same world would not, or the other way round; but for versions of CODEOWNERS, which
  /// a new store has not seen.
  ///
  /// - Parameter kind: what is not compared: a clock that went on moves the scores of everything that is open.
  func divergence(apartFrom kind: String? = nil) async throws -> String {
    let fresh = InMemoryStore()
    _ = try await Self.sync(MockRemote(remote.world), into: fresh, clock)
    let others = [kind, RecordKind.codeOwnersVersion.rawValue].compactMap(\.self)
    let isCompared = { (line: String) in !others.contains { line.hasPrefix("{\"kind\":\"\($0)\"") } }
    return difference(try await store.records().filter(isCompared), try await fresh.records().filter(isCompared))
  }
}

/// Hands out prepared events.
struct EventsReader: EventReader {
  var events: [HostEvent]

  func read(_ delivery: WebhookDelivery) throws(DeliveryRefusal) -> HostEvent {
    guard let index = delivery["index"].flatMap(Int.init) else { throw DeliveryRefusal(.malformed, "no index") }
    return events[index]
  }
}

extension Store {
  /// Everything in it, line by line as an export writes it, but the checkpoints and the certificates: how far a run came and what
  /// it counted is said by runs only.
  func records() async throws -> [String] {
    try await lines().filter { line in
      !["checkpoint", "certificate"].contains { line.hasPrefix(#"{"kind":"\#($0)""#) }
    }
  }
}

extension HostEvent {
  /// An event of a test; each has an id of its own unless one is given.
  static func test(
    _ subjects: [Subject], in repository: MockRepository?, version: Date? = nil, id: String = "\(UInt64.random(in: 0 ... .max))"
  ) -> HostEvent {
    HostEvent(
      delivery: SourceID(unchecked: id), name: "test", repository: repository?.repository.id,
      repositoryName: repository?.repository.name, version: version, subjects: subjects)
  }
}
