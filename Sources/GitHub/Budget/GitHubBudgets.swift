import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols
import Synchronization

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The budgets of all credentials that this process uses at GitHub: whoever asks with the same token shares one.
///
/// GitHub counts by credential, whichever object asks; so this is the one thing adapters have in common without being told, unless
/// a host gives them another. Adapters whose clocks differ share nothing: their times cannot be compared.
public final class GitHubBudgets: Sendable {
  /// The ones that adapters use unless told otherwise.
  public static let ofThisProcess = GitHubBudgets()

  private struct Key: Hashable {
    var origin: Origin?
    var credential: CredentialIdentity
    var clock: ClockIdentity
  }
  private let budgets = Mutex<[Key: WeakBudget]>([:])

  /// Makes budgets that are shared by those who are given this object.
  public init() {}

  /// The budget of a credential; it lives as long as somebody uses it.
  func budget(of credential: any CredentialSource, at address: URL, clock: any WallClock) -> CredentialBudget {
    let key = Key(origin: Origin(address), credential: CredentialIdentity(credential), clock: ClockIdentity(clock))
    return budgets.withLock { budgets in
      if let budget = budgets[key]?.budget { return budget }
      budgets = budgets.filter { $0.value.budget != nil }
      let budget = CredentialBudget(clock: clock)
      budgets[key] = WeakBudget(budget: budget)
      return budget
    }
  }

  private struct WeakBudget {
    weak let budget: CredentialBudget?
  }
}

/// Which credential: the token itself, or the object that renews it.
private enum CredentialIdentity: Hashable {
  // In memory only, as the adapter itself keeps it.
  case token(Secret)
  case source(ObjectIdentifier)

  init(_ credential: any CredentialSource) {
    if let token = credential as? Secret {
      self = .token(token)
    } else if type(of: credential) is AnyObject.Type {
      self = .source(ObjectIdentifier(credential as AnyObject))
    } else {
      self = .source(ObjectIdentifier(type(of: credential)))
    }
  }
}

/// Which clock: the object, or for clocks that are values the type.
private struct ClockIdentity: Hashable {
  private let identity: ObjectIdentifier

  init(_ clock: any WallClock) {
    let kind = type(of: clock) as Any.Type
    identity = kind is AnyClass ? ObjectIdentifier(clock as AnyObject) : ObjectIdentifier(kind)
  }
}
