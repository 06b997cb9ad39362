public import KoalrCore

/// The promises of an `OAuthAuthorizer`.
///
/// Every check makes its own authorizer, and a browser whose person says yes or no: it opens an address and returns the one that the
/// service sends the person back to.
public struct OAuthAuthorizerContract: Sendable {
  let redirect: URL
  let make: @Sendable () async throws -> any OAuthAuthorizer
  let browse: @Sendable (any OAuthAuthorizer, URL, _ agrees: Bool) async throws -> URL

  /// Makes the contract.
  ///
  /// - Parameters:
  ///   - redirect: an address that the app may send people back to; nobody has to answer there.
  ///   - authorizer: makes the authorizer.
  ///   - browser: opens an address as a person who agrees, or who does not.
  public init(
    redirect: URL, authorizer: @escaping @Sendable () async throws -> any OAuthAuthorizer,
    browser: @escaping @Sendable (any OAuthAuthorizer, URL, _ agrees: Bool) async throws -> URL
  ) {
    self.redirect = redirect
    make = authorizer
    browse = browser
  }

  // swift-format-ignore: AllPublicDeclarationsHaveDocumentation (the sentences are the documentation)
  /// Something that every authorizer keeps.
  public enum Promise: String, CaseIterable, Sendable, CustomStringConvertible {
    case scopesHaveReasons = "Every scope that is asked for has a name of its own and a reason."
    case everyoneIsDifferent = "No two authorisations have the same state or verifier."
    case provesItself = "The address holds the state and a challenge by S256, and not the verifier."
    case exchanges = "What a person allowed becomes a grant, and the code works once."
    case survivesStorage = "A pending authorisation and a grant are the same after they were stored."
    case refusesForeignState = "A callback with another state, or with none, is refused."
    case refusesForeignPlace = "A callback at another address is refused."
    case refusesLate = "After ten minutes nothing is accepted."
    case takesNo = "A person who says no is an error, and so is an answer without a code."
    case renews = "A token that expires is renewed, and its refresh token works once."
    case revokes = "A revoked token is gone, and revoking says whether there was anything."
    case cancels = "A cancelled call throws CancellationError."
    case nothingShows = "No rendering of an authorisation or a grant shows a secret."

    /// The promise as a sentence.
    public var description: String { rawValue }
  }

  /// Checks one promise on a new authorizer.
  ///
  /// - Throws: ``BrokenPromise``. No detail shows a secret.
  public func check(_ promise: Promise) async throws {
    try await checking(promise.rawValue) {
      let checks = OAuthChecks(redirect: redirect, authorizer: try await make(), browse: browse)
      switch promise {
      case .scopesHaveReasons: try checks.scopesHaveReasons()
      case .everyoneIsDifferent: try checks.everyoneIsDifferent()
      case .provesItself: try checks.provesItself()
      case .exchanges: try await checks.exchanges()
      case .survivesStorage: try await checks.survivesStorage()
      case .refusesForeignState: try await checks.refusesForeignState()
      case .refusesForeignPlace: try await checks.refusesForeignPlace()
      case .refusesLate: try await checks.refusesLate()
      case .takesNo: try await checks.takesNo()
      case .renews: try await checks.renews()
      case .revokes: try await checks.revokes()
      case .cancels: try await checks.cancels(promise.rawValue)
      case .nothingShows: try await checks.nothingShows()
      }
    }
  }
}
