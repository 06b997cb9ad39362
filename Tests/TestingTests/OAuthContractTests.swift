import Foundation
import KoalrCore
import KoalrTesting
import Synchronization
import Testing

private let callback = URL(string: "https://app.example/oauth/callback?from=koalr")

/// The mock keeps every promise, and the contract catches those that do not.
struct OAuthContractTests {
  private func contract(_ make: @escaping @Sendable () -> any OAuthAuthorizer) throws -> OAuthAuthorizerContract {
    OAuthAuthorizerContract(redirect: try #require(callback), authorizer: make) { authorizer, address, agrees in
      let mock = try #require((authorizer as? BreakingAuthorizer)?.sound ?? authorizer as? MockAuthorizer)
      return try #require(mock.visit(address, says: agrees ? .yes : .no))
    }
  }

  @Test(arguments: OAuthAuthorizerContract.Promise.allCases, [true, false])
  func `the mock keeps`(_ promise: OAuthAuthorizerContract.Promise, expires: Bool) async throws {
    try await contract { MockAuthorizer(expires: expires) }.check(promise)
  }

  @Test(arguments: OAuthAuthorizerContract.Promise.allCases)
  func `the contract catches an authorizer that breaks`(_ promise: OAuthAuthorizerContract.Promise) async throws {
    let contract = try contract { BreakingAuthorizer(promise: promise) }
    await expectBroken(promise) { try await contract.check(promise) }
  }
}

private final class BreakingAuthorizer: OAuthAuthorizer {
  let promise: OAuthAuthorizerContract.Promise
  let sound = MockAuthorizer()
  private let kept = Mutex<[Secret: OAuthGrant]>([:])
  private let first = Mutex<PendingAuthorization?>(nil)

  init(promise: OAuthAuthorizerContract.Promise) { self.promise = promise }

  var requestedScopes: [OAuthScope] {
    promise == .scopesHaveReasons ? [OAuthScope(name: "read", reason: "")] : sound.requestedScopes
  }

  func authorization(_ request: OAuthRequest) throws -> (address: URL, pending: PendingAuthorization) {
    var (address, pending) = try sound.authorization(request)
    switch promise {
    case .everyoneIsDifferent: pending.state = first.withLock { $0 ?? pending }.state
    case .provesItself: address.append(queryItems: [URLQueryItem(name: "verifier", value: pending.verifier.reveal())])
    // A time that JSON cannot hold.
    case .survivesStorage: pending.madeAt = Date(timeIntervalSinceReferenceDate: .infinity)
    default: break
    }
    first.withLock { $0 = $0 ?? pending }
    return (address, pending)
  }

  func code(from callback: URL, for pending: PendingAuthorization) throws -> Secret {
    guard let answer = OAuthCallback(callback) else { return try sound.code(from: callback, for: pending) }
    switch promise {
    case .refusesForeignState, .refusesForeignPlace: return answer.code ?? pending.state
    case .refusesLate where answer.state == pending.state: return answer.code ?? pending.state
    case .takesNo where answer.code == nil: return pending.state
    default: return try sound.code(from: callback, for: pending)
    }
  }

  func exchange(_ code: Secret, for pending: PendingAuthorization) async throws -> OAuthGrant {
    switch promise {
    case .exchanges:
      if let grant = kept.withLock({ $0[code] }) { return grant }
      let grant = try await sound.exchange(code, for: pending)
      kept.withLock { $0[code] = grant }
      return grant
    case .cancels: return OAuthGrant(accessToken: code)
    case .nothingShows:
      var grant = try await sound.exchange(code, for: pending)
      grant.scopes.append(grant.accessToken.reveal())
      return grant
    default: return try await sound.exchange(code, for: pending)
    }
  }

  func refresh(_ grant: OAuthGrant) async throws -> OAuthGrant {
    promise == .renews ? grant : try await sound.refresh(grant)
  }

  func revoke(_ grant: OAuthGrant, extent: OAuthRevocation) async throws -> Bool {
    promise == .revokes ? true : try await sound.revoke(grant, extent: extent)
  }
}
