import Foundation
import KoalrCore
import KoalrTesting
import Synchronization
import Testing

/// Tokens that renew themselves: once for all, saved before they are used, and never lost.
struct RefreshingCredentialTests {
  private static let id = ConnectionID(unchecked: "work")

  /// A store of secrets that can fail.
  private final class Secrets: SecretStore {
    let sound = InMemorySecretStore()
    let fails = Mutex(false)
    let saves = Mutex(0)

    struct Failure: Error {}

    func save(_ secret: Secret, name: SecretName, connection: ConnectionID) async throws {
      if fails.withLock({ $0 }) { throw Failure() }
      saves.withLock { $0 += 1 }
      try await sound.save(secret, name: name, connection: connection)
    }
    func secret(_ name: SecretName, connection: ConnectionID) async throws -> Secret? {
      try await sound.secret(name, connection: connection)
    }
    func remove(_ name: SecretName, connection: ConnectionID) async throws -> Bool {
      try await sound.remove(name, connection: connection)
    }
    func names(connection: ConnectionID) async throws -> [SecretName] { try await sound.names(connection: connection) }

    func grant() async throws -> OAuthGrant? {
      try await secret(.oauthGrant, connection: RefreshingCredentialTests.id).flatMap(OAuthGrant.init)
    }
    func put(_ grant: OAuthGrant) async throws {
      try await sound.save(try grant.asSecret(), name: .oauthGrant, connection: RefreshingCredentialTests.id)
    }
  }

  private let clock = ManualClock(startingAt: Date(timeIntervalSince1970: 1_800_000_000), skipsSleep: true)
  private let secrets = Secrets()
  private let mock: MockAuthorizer

  init() { mock = MockAuthorizer(clock: clock) }

  /// A credential as a new process makes it.
  private func process() -> RefreshingCredential {
    RefreshingCredential(connection: Self.id, secrets: secrets, authorizer: mock, service: .gitHub, clock: clock)
  }

  /// Authorises and saves the grant.
  private func authorise(_ mock: MockAuthorizer? = nil) async throws -> OAuthGrant {
    let mock = mock ?? self.mock
    let redirect = try #require(URL(string: "https://app.example/callback"))
    let (address, pending) = try mock.authorization(OAuthRequest(redirect: redirect))
    let grant = try await mock.grant(from: try #require(mock.visit(address)), for: pending)
    try await secrets.put(grant)
    return grant
  }

  @Test(arguments: [(28_800 - 301, false), (28_800 - 300, true), (28_800, true), (100_000, true)])
  func `a token is renewed five minutes before it expires`(seconds: Int, isRenewed: Bool) async throws {
    let old = try await authorise()
    clock.advance(by: .seconds(seconds))
    let token = try await process().token()
    #expect((token != old.accessToken) == isRenewed && mock.accepts(token))
    #expect(mock.refreshes == (isRenewed ? 1 : 0))
    #expect(try await secrets.grant()?.accessToken == token)
  }

  @Test func `a token that does not expire is never renewed`() async throws {
    let mock = MockAuthorizer(clock: clock, expires: false)
    let old = try await authorise(mock)
    let credential = RefreshingCredential(
      connection: Self.id, secrets: secrets, authorizer: mock, service: .gitHub, clock: clock)
    clock.advance(by: .seconds(1_000_000_000))
    #expect(try await credential.token() == old.accessToken)
    #expect(try await credential.replacement(for: old.accessToken) == nil)
    #expect(mock.refreshes == 0)
  }

  @Test(arguments: [true, false])
  func `a hundred who ask at once get one refresh`(isRefused: Bool) async throws {
    let old = try await authorise()
    if !isRefused { clock.advance(by: .seconds(28_800)) }
    let credential = process()
    let tokens = try await withThrowingTaskGroup(of: Secret?.self) { group in
      for _ in 0..<100 {
        group.addTask {
          isRefused ? try await credential.replacement(for: old.accessToken) : try await credential.token()
        }
      }
      return try await group.reduce(into: Set<Secret?>()) { $0.insert($1) }
    }
    #expect(tokens.count == 1 && mock.refreshes == 1 && secrets.saves.withLock { $0 } == 1)
    #expect(tokens == [try await secrets.grant()?.accessToken])
  }

  @Test func `whoever is cancelled leaves no pair behind that nobody saved`() async throws {
    _ = try await authorise()
    clock.advance(by: .seconds(28_800))
    let credential = process()
    mock.hold()
    let asking = Task { try await credential.token() }
    while mock.refreshes == 0 { await Task.yield() }
    asking.cancel()
    mock.release()
    _ = await asking.result
    let saved = try #require(try await secrets.grant())
    #expect(mock.accepts(saved.accessToken) && mock.refreshes == 1)
    #expect(try await process().token() == saved.accessToken)
  }

  @Test func `a process that is killed after the refresh leaves the new pair to the next one`() async throws {
    let old = try await authorise()
    clock.advance(by: .seconds(28_800))
    let first = try await process().token()
    // Nothing was asked with it, and nothing of the process is left.
    #expect(first != old.accessToken && !mock.accepts(old.accessToken))
    #expect(try await process().token() == first && mock.refreshes == 1)
  }

  @Test func `a pair that cannot be saved is not used, is not lost, and is not asked for twice`() async throws {
    let old = try await authorise()
    clock.advance(by: .seconds(28_800))
    let credential = process()
    secrets.fails.withLock { $0 = true }
    for _ in 0..<2 {
      let error = await #expect(throws: IntegrationError.self) { try await credential.token() }
      #expect(
        error?.description
          == "github: could not save the renewed token of work: the store of secrets failed; mend it before this program ends, "
          + "because the token that is saved no longer works")
    }
    #expect(try await secrets.grant() == old && mock.refreshes == 1)
    secrets.fails.withLock { $0 = false }
    let token = try await credential.token()
    #expect(mock.accepts(token) && mock.refreshes == 1)
    #expect(try await secrets.grant()?.accessToken == token)
  }

  @Test func `a refresh that is refused says to authorise again, asks no more, and ends when somebody has`() async throws {
    let old = try await authorise()
    _ = try await mock.refresh(old)
    let credential = process()
    for _ in 0..<3 {
      let error = await #expect(throws: IntegrationError.self) { try await credential.replacement(for: old.accessToken) }
      #expect(error?.code == .unauthorized)
      #expect(
        error?.description
          == "mock: could not renew the token: the refresh token is wrong or was used before; authorise again")
    }
    #expect(mock.refreshes == 2)
    let new = try await authorise()
    #expect(try await credential.replacement(for: old.accessToken) == new.accessToken)
    #expect(try await credential.token() == new.accessToken)
  }

  @Test func `a refresh that could not be asked for is asked for again`() async throws {
    _ = try await authorise()
    clock.advance(by: .seconds(28_800))
    let credential = process()
    mock.fail(with: IntegrationError(.unavailable, service: .gitHub, operation: "renew the token", reason: "no answer"))
    await #expect(throws: IntegrationError.self) { try await credential.token() }
    #expect(mock.accepts(try await credential.token()) && mock.refreshes == 2)
  }

  @Test func `two processes make one pair`() async throws {
    let old = try await authorise()
    let (one, other) = (process(), process())
    #expect(try await other.token() == old.accessToken)
    let new = try #require(try await one.replacement(for: old.accessToken))
    #expect(try await other.replacement(for: old.accessToken) == new)
    #expect(mock.refreshes == 1)
  }

  @Test func `a process that was beaten to it waits for the pair of the other`() async throws {
    let old = try await authorise()
    let new = try await mock.refresh(old)
    let secrets = secrets
    // The other one has its pair and saves it while this one waits.
    let waiting = RefreshingCredential(
      connection: Self.id, secrets: secrets, authorizer: mock, service: .gitHub,
      clock: SavingClock(clock: clock) { try await secrets.put(new) })
    #expect(try await waiting.replacement(for: old.accessToken) == new.accessToken)
    #expect(try await waiting.token() == new.accessToken)
  }

  /// A clock on which something happens while somebody sleeps.
  private struct SavingClock: WallClock {
    let clock: ManualClock
    let event: @Sendable () async throws -> Void
    func now() -> Date { clock.now() }
    func sleep(for duration: Duration) async throws { try await event() }
  }

  @Test func `a new token that is refused at once is not renewed for ever`() async throws {
    let old = try await authorise()
    let credential = process()
    let new = try #require(try await credential.replacement(for: old.accessToken))
    mock.expire(new)
    #expect(try await credential.replacement(for: new) == nil && mock.refreshes == 1)
    clock.advance(by: .seconds(61))
    #expect(try await credential.replacement(for: new) != nil && mock.refreshes == 2)
  }

  @Test func `what a person saved meanwhile stays`() async throws {
    _ = try await authorise()
    clock.advance(by: .seconds(28_800))
    let credential = process()
    mock.hold()
    let asking = Task { try await credential.token() }
    while mock.refreshes == 0 { await Task.yield() }
    #expect(try await secrets.remove(.oauthGrant, connection: Self.id))
    mock.release()
    #expect(mock.accepts(try await asking.value))
    #expect(try await secrets.grant() == nil)
  }

  @Test func `without a saved grant the answer is to authorise`() async throws {
    let error = await #expect(throws: IntegrationError.self) { try await process().token() }
    #expect(
      error?.description == "github: could not read the token of work: no authorisation is saved; authorise again")
  }
}
