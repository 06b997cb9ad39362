import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

/// Reads from an answer to a list of webhooks why none could be registered.
///
/// GitHub hides what a token may not manage (404), and tells the scopes it has beside it. An organisation's webhooks need
/// `admin:org_hook` of an owner; `admin:repo_hook` is for single repositories, whatever the page about scopes says.
/// Source: docs.github.com, "REST API endpoints for organization webhooks"; the header `X-Accepted-OAuth-Scopes` agrees.
struct HookObstacle {
  private let response: HTTPResponse
  private let target: WebhookTarget
  private let clock: any WallClock
  private let grant: TokenGrant

  init(_ response: HTTPResponse, target: WebhookTarget, clock: any WallClock) {
    self.response = response
    self.target = target
    self.clock = clock
    grant = TokenGrant(response.headers)
  }

  /// Why, or `nil` when trying is worth it.
  ///
  /// - Throws: `IntegrationError` when the answer says nothing about it.
  func error(operation: String) throws -> IntegrationError? {
    if let reason = missingScope, response.status != 401 { return forbidden(reason, operation) }
    if response.status == 200 { return nil }
    let failure = GitHubFailure(response, clock: clock)
    let error = failure.error(operation: operation)
    switch error.code {
    case .notFound: return forbidden(hidden, operation)
    case .forbidden where grant.scopes == nil && !failure.needsSingleSignOn: return forbidden(hidden, operation)
    case .forbidden, .unauthorized: return error
    default: throw error
    }
  }

  private var missingScope: String? {
    switch target {
    case .organization where grant.allows("admin:org_hook") == false:
      "the token lacks the scope admin:org_hook; give it that scope, or let each repository have a webhook of its own"
    case .repository where grant.allows("write:repo_hook") == false: "the token lacks a scope; give it repo"
    default: nil
    }
  }

  private var hidden: String {
    switch target {
    case .organization(let name) where grant.scopes != nil:
      "an owner of \(name) must register the webhook; use an owner's token, or ask one"
    case .organization:
      "the token may not manage webhooks; give it the organisation permission Webhooks: read and write"
    case .repository(let name, _) where grant.scopes != nil:
      "an administrator of \(name) must register the webhook; use an administrator's token, or ask one"
    case .repository: "the token may not manage webhooks; give it the repository permission Webhooks: read and write"
    }
  }

  private func forbidden(_ reason: String, _ operation: String) -> IntegrationError {
    IntegrationError(.forbidden, service: .gitHub, operation: operation, reason: reason)
  }
}
