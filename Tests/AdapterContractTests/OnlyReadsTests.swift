import Foundation
import KoalrCodecov
import KoalrCore
import KoalrGitHistory
import KoalrGitHub
import KoalrHTTPTransport
import KoalrSnyk
import KoalrTesting
import PeerSupport
import Testing

/// A connection's whole life against services that log every request: nothing is written but what is ours.
@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct OnlyReadsTests {
  private let id = ConnectionID(unchecked: "github")

  @Test func `connecting, syncing, following and disconnecting write nothing but the own webhook`() async throws {
    let peers = try await Peers(repositories: 4, changes: 8)
    let gitHub = peers.ready.github
    _ = try await peers.control(gitHub, "/_peer/faults", post: OnlyReads.alarmRule)
    let now = try #require(ISO8601Time.parse(peers.ready.now))
    let clock = ManualClock(startingAt: now, skipsSleep: true)
    let host = GitHubCodeHost(
      organization: peers.ready.org, token: try gitHub.secret("classic-owner"), webURL: try gitHub.address(),
      connection: id, transport: URLSessionTransport(), clock: clock)
    let folder = try ScratchFolder()
    let sources = SyncSources(
      codeHost: host,
      history: ClonedGitHistory(cacheFolder: folder.url, token: try gitHub.secret("classic-owner"), clock: clock),
      coverage: CodecovCoverage(
        organization: peers.ready.org, token: try peers.ready.codecov.secret("member"),
        apiURL: try peers.ready.codecov.address(), transport: URLSessionTransport(), clock: clock),
      vulnerabilities: SnykVulnerabilities(
        organization: nil, token: try peers.ready.snyk.secret("readOnly"), apiURL: try peers.ready.snyk.address(),
        transport: URLSessionTransport(), clock: clock))
    let store = InMemoryStore()
    try await live(sources, host, store, peers, now: now)
    let log = try OnlyReads(log: try await peers.control(gitHub, "/_peer/log"))
    let hooks = "/orgs/{org}/hooks"
    #expect(log.forbidden == [])
    #expect(
      log.writes.filter { $0.key != "POST /graphql" } == [
        "POST \(hooks)": 1, "PATCH \(hooks)/{hook_id}": 1, "POST \(hooks)/{hook_id}/pings": 1,
        "POST \(hooks)/{hook_id}/deliveries/{delivery_id}/attempts": 1, "DELETE \(hooks)/{hook_id}": 1,
      ])
    for service in [gitHub, peers.ready.codecov, peers.ready.snyk] { #expect(try await peers.complaints(service) == []) }
  }

  private func live(
    _ sources: SyncSources, _ host: GitHubCodeHost, _ store: InMemoryStore, _ peers: Peers, now: Date
  ) async throws {
    // Deadlines and leases are kept on a clock that moves by itself only when nobody else does: the machine's.
    let standing = StandingClock(at: now)
    let secrets = InMemorySecretStore()
    let queue = InMemoryJobQueue(now: { now })
    let lifecycle = ConnectionLifecycle(store: store, secrets: secrets, queue: queue, clock: standing)
    let receiver = try #require(peers.ready.github.foreign)
    let url = try #require(WebhookURL.conventional(at: receiver, for: .gitHub))
    let settings = Connection.Settings(name: "Work", organization: peers.ready.org)
    let token = try peers.ready.github.secret("classic-owner")
    let start = try await lifecycle.connect(id, settings, token: token, through: host, webhook: url)
    #expect(start.webhooks.map(\.status) == [.active], "\(start)")
    let work = SyncWorker.sync { _ in SyncEngine(sources: sources, store: store, clock: standing) }
    let worker = SyncWorker(queue: queue, name: "w", works: [work], clock: SystemClock())
    #expect(try await worker.runNext())
    #expect(try await store.count(RecordQuery(Change.self)) > 0)
    try await follow(sources, store, peers, standing)
    let upkeep = lifecycle.upkeep(of: id, at: host)
    _ = try await peers.control(peers.ready.github, "/_peer/emit", post: #"{"event": "push", "drop": true}"#)
    #expect(try await upkeep.redeliverMissed().redelivered == 1)
    #expect(try await upkeep.ping().map(\.status) == [.active])
    let again = try await lifecycle.replaceToken(of: id, with: token, through: host)
    #expect(again.webhooks.map(\.status) == [.active])
    let end = try await lifecycle.disconnect(id, through: host, DisconnectOptions(deletesData: true))
    #expect(end.problems == [] && end.deletedRecords > 0)
  }

  /// Events about something of every kind, as a receiver would put them into the queue.
  private func follow(_ sources: SyncSources, _ store: InMemoryStore, _ peers: Peers, _ clock: StandingClock) async throws {
    let queue = InMemoryJobQueue()
    let repository = try #require(try await store.all(RecordQuery(Repository.self)).first { $0.headSHA != nil })
    let changes = try await store.all(RecordQuery(Change.self, repository: repository.id))
    let deployments = try await store.all(RecordQuery(Deployment.self, repository: repository.id))
    let issues = try await store.all(RecordQuery(Issue.self, repository: repository.id))
    var subjects: [HostEvent.Subject] = [.repository, .people, .hook]
    subjects += changes.prefix(2).map { .change($0.id) } + changes.compactMap(\.headSHA).prefix(1).map { .checks($0) }
    subjects += deployments.prefix(1).map { .deployment($0.id) } + issues.prefix(1).map { .ticket($0.id) }
    subjects += [.branch(repository.defaultBranch ?? "main", before: nil, after: repository.headSHA, forced: false)]
    let events = subjects.enumerated().map { index, subject in
      HostEvent(
        delivery: SourceID(unchecked: "delivery-\(index)"), name: "any", repository: repository.id,
        repositoryName: repository.name, subjects: [subject])
    }
    let receiver = WebhookReceiver(reader: PreparedEvents(events: events), queue: queue, connection: id)
    for index in events.indices {
      #expect(await receiver.handle(headers: ["index": "\(index)"], body: Data()).status == 202)
    }
    let follower = try Follower(sources: sources, store: store, queue: queue, connection: id, clock: clock)
    while try await follower.followWaiting() > 0 {}
    #expect(try await queue.counts() == JobCounts())
  }
}

/// Hands out prepared events.
private struct PreparedEvents: EventReader {
  var events: [HostEvent]

  func read(_ delivery: WebhookDelivery) throws(DeliveryRefusal) -> HostEvent {
    guard let index = delivery["index"].flatMap(Int.init) else { throw DeliveryRefusal(.malformed, "no index") }
    return events[index]
  }
}
