import Foundation
import KoalrCore
import KoalrGitHub
import KoalrHTTPTransport
import KoalrTesting
import Synchronization
import Testing

/// Adapters with the same token, whose answers a test decides.
struct SharedBudgetTests {
  private static func gitHub(
    _ transport: some HTTPTransport, clock: some WallClock, token: String = Stub.token, budgets: GitHubBudgets,
    observer: any SyncObserver = .silent, maximumWait: Duration = GitHubCodeHost.standardMaximumWait
  ) throws -> GitHubCodeHost {
    GitHubCodeHost(
      organization: "acme", token: try #require(Secret(token)), transport: transport, clock: clock, observer: observer,
      maximumWait: maximumWait, budgets: budgets)
  }

  /// Answers with what is left of the hour's budget.
  private static func counting(down remaining: Int) -> StubTransport {
    let left = Mutex(remaining)
    return StubTransport { request in
      let now = left.withLock { left in
        left -= 1
        return max(0, left)
      }
      let headers: HTTPHeaders = [
        "X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "\(now)", "X-RateLimit-Resource": "graphql",
        "X-RateLimit-Reset": "\(Int(Stub.now.timeIntervalSince1970) + 600)",
      ]
      return HTTPResponse(status: 200, headers: headers, body: Data(Stub.page([]).utf8), url: request.url)
    }
  }

  @Test func `what one adapter has spent the other does not have, and waits with a reason and an end`() async throws {
    let clock = ManualClock(startingAt: Stub.now, skipsSleep: true)
    let budgets = GitHubBudgets()
    let observer = RecordingObserver()
    let transport = Self.counting(down: 1)
    let first = try Self.gitHub(transport, clock: clock, budgets: budgets)
    let second = try Self.gitHub(transport, clock: clock, budgets: budgets, observer: observer)
    _ = try await first.changes([Stub.request()])
    _ = try await second.changes([Stub.request()])
    #expect(clock.skippedSleeps == [.seconds(601)])
    let waits = observer.events.compactMap { event in
      if case .wait(.gitHub, let until, let reason) = event { "\(ISO8601Time.format(until)) \(reason)" } else { nil }
    }
    let end = ISO8601Time.format(Stub.now.addingTimeInterval(601))
    #expect(waits == ["\(end) GitHub's hourly budget (graphql) is used up"])
  }

  @Test func `another token has a budget of its own`() async throws {
    let clock = ManualClock(startingAt: Stub.now, skipsSleep: true)
    let budgets = GitHubBudgets()
    let first = try Self.gitHub(Self.counting(down: 1), clock: clock, budgets: budgets)
    let second = try Self.gitHub(Self.counting(down: 9), clock: clock, token: "ghp_another", budgets: budgets)
    _ = try await first.changes([Stub.request()])
    _ = try await second.changes([Stub.request()])
    #expect(clock.skippedSleeps == [])
  }

  @Test func `a wait beyond the cap is an error with the time, and nothing is sent`() async throws {
    let clock = ManualClock(startingAt: Stub.now, skipsSleep: true)
    let transport = Self.counting(down: 1)
    let gitHub = try Self.gitHub(transport, clock: clock, budgets: GitHubBudgets(), maximumWait: .seconds(60))
    _ = try await gitHub.changes([Stub.request()])
    let error = await #expect(throws: IntegrationError.self) { _ = try await gitHub.changes([Stub.request()]) }
    #expect(
      error?.description
        == "github: could not list pull requests of acme/api: GitHub's hourly budget (graphql) is used up; it can go on in 601 "
        + "seconds, longer than this run waits")
    #expect(error?.code == .rateLimited && error?.retry == .after(.seconds(601)))
    #expect(transport.requests.count == 1 && clock.skippedSleeps == [])
  }

  @Test func `a budget that never comes back is given up with a clear error`() async throws {
    let clock = ManualClock(startingAt: Stub.now, skipsSleep: true)
    let transport = Stub.graphQL { _ in
      #"{"errors": [{"type": "RATE_LIMITED", "message": "You have exceeded a secondary rate limit"}]}"#
    }
    let gitHub = try Self.gitHub(transport, clock: clock, budgets: GitHubBudgets())
    let error = await #expect(throws: IntegrationError.self) { _ = try await gitHub.changes([Stub.request()]) }
    #expect(error?.reason == "GitHub's secondary rate limit was reached; it can go on in 960 seconds")
    #expect(clock.skippedSleeps == [60, 120, 240, 480].map { .seconds($0) })
    #expect(transport.requests.count == 5)
  }

  @Test func `whoever is cancelled while waiting leaves the queue to the others`() async throws {
    let clock = ManualClock(startingAt: Stub.now)
    let budgets = GitHubBudgets()
    let transport = Self.counting(down: 1)
    let gitHub = try Self.gitHub(transport, clock: clock, budgets: budgets)
    _ = try await gitHub.changes([Stub.request()])
    let first = Task { try await gitHub.changes([Stub.request()]) }
    await clock.waitForSleepers()
    let second = Task { try await gitHub.changes([Stub.request()]) }
    first.cancel()
    await #expect(throws: CancellationError.self) { try await first.value }
    await clock.waitForSleepers()
    clock.advance(by: .seconds(601))
    #expect(try await second.value.count == 1)
  }
}
