import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

/// What one organisation answered to a token.
struct OrganizationVisit: Sendable {
  /// Why an organisation does not let a token in.
  struct Refusal: Sendable {
    var state: OrganizationAccess.State
    var reason: String
    /// Where to authorise the token, when that is the reason.
    var page: String?
  }

  /// As it was asked for.
  var name: String
  var details: OrganizationDetailsWire?
  var answer: GraphQLAnswer<OrganizationTestWire>?
  var refusal: Refusal?
  /// Whether the list of webhooks could be read; `nil` when it was not tried.
  var readsHooks: Bool?

  init(_ name: String) { self.name = name }

  /// The repositories that the token sees.
  var visible: Int? { answer?.data.organization?.repositories?.totalCount }

  /// The repositories that there are, where the token may know.
  var total: Int? {
    guard let open = details?.publicRepositories, let hidden = details?.privateRepositories else { return nil }
    return open + hidden
  }
}

extension OrganizationVisit.Refusal {
  /// Reads a refusal of REST; `nil` when it is none: an outage, a used-up budget.
  init?(_ response: HTTPResponse, _ error: IntegrationError) {
    switch error.code {
    case .notFound: self.init(state: .notVisible, reason: error.reason)
    case .unauthorized, .forbidden:
      self.init(reason: error.reason, page: GitHubPages.singleSignOn(response.headers["X-GitHub-SSO"]))
    default: return nil
    }
  }

  /// Takes the words of a refusal.
  init(reason: String, page: String? = nil) {
    let state: OrganizationAccess.State =
      switch reason {
      case Advice.singleSignOn: .singleSignOnRequired
      case Advice.restrictedApp: .appRestricted
      case Advice.notFound: .notVisible
      default: .refused
      }
    self.init(state: state, reason: reason, page: page)
  }
}
