import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

/// Asks GitHub whose a token is and what it may do in each organisation.
///
/// Two requests, two or three more for each organisation (one of them a point), and one to learn the version of a server of one's own.
struct Doctor: Sendable {
  let host: GitHubHost
  let organizations: [String]
  let form: TokenForm
  let rest: RESTClient
  let graphQL: GraphQLClient
  let clock: any WallClock

  private static let operation = "test the connection"

  /// Whom the token acts for.
  enum Caller: Sendable {
    case user(String)
    /// An app's installation, and the account it is installed on, where it sees a repository of it.
    case installation(of: String?)
    /// Nobody: GitHub does not accept the token.
    case nobody(reason: String)
  }

  /// Asks everything.
  ///
  /// - Throws: `IntegrationError` when GitHub could not be asked, `CancellationError`.
  func examine() async throws -> Examination {
    guard form.isSendable else { return Examination(caller: .nobody(reason: form.unsendable), grant: TokenGrant([:])) }
    let response = try await rest.get(["user"], operation: Self.operation)
    var examination = Examination(caller: try await caller(response), grant: TokenGrant(response.headers))
    examination.apiVersion = response.headers["X-GitHub-Api-Version-Selected"]
    if case .nobody = examination.caller { return examination }
    examination.serverVersion = try await serverVersion(response)
    if case .user = examination.caller { examination.memberships = try await memberships() }
    for name in organizations { examination.visits.append(try await visit(name, examination.grant)) }
    return examination
  }

  private func caller(_ response: HTTPResponse) async throws -> Caller {
    if response.status == 200 {
      let login = try response.json(ActorWire.self, service: .gitHub, operation: Self.operation).login
      return login.map(Caller.user) ?? .nobody(reason: Advice.leftOut)
    }
    let error = GitHubFailure(response, clock: clock).error(operation: Self.operation)
    switch error.code {
    case .unauthorized: return .nobody(reason: form.refusal)
    case .forbidden where NoticeWire(response.body)?.message?.contains("not accessible by integration") == true:
      return .installation(of: try await installationAccount())
    case .forbidden: return .nobody(reason: error.reason)
    default: throw error
    }
  }

  private func installationAccount() async throws -> String? {
    let response = try await rest.get(
      ["installation", "repositories"], query: [("per_page", "1")], operation: "find the account the app is installed on")
    guard response.status == 200 else { return nil }
    let wire = try response.json(InstallationRepositoriesWire.self, service: .gitHub, operation: Self.operation)
    return wire.repositories?.first?.owner?.login
  }

  // Servers of one's own name their version in every answer; behind some proxies the header is lost.
  private func serverVersion(_ response: HTTPResponse) async throws -> String? {
    if let version = response.headers["X-GitHub-Enterprise-Version"] { return version }
    guard host.isEnterpriseServer else { return nil }
    let meta = try await rest.get(["meta"], operation: "read the server's version")
    guard meta.status == 200 else { return nil }
    return try meta.json(ServerMetaWire.self, service: .gitHub, operation: "read the server's version").installedVersion
  }

  private func memberships() async throws -> Memberships {
    let response = try await rest.get(
      ["user", "memberships", "orgs"], query: [("per_page", "100")], operation: "list the account's organisations")
    return Memberships(response)
  }

  private func visit(_ name: String, _ grant: TokenGrant) async throws -> OrganizationVisit {
    let operation = "test the connection to \(name)"
    var visit = OrganizationVisit(name)
    let response = try await rest.get(["orgs", name], operation: operation)
    guard response.status == 200 else {
      let error = GitHubFailure(response, clock: clock).error(operation: operation)
      guard let refusal = OrganizationVisit.Refusal(response, error) else { throw error }
      visit.refusal = refusal
      return visit
    }
    visit.details = try response.json(OrganizationDetailsWire.self, service: .gitHub, operation: operation)
    try await ask(&visit)
    if visit.refusal == nil, grant.scopes == nil { visit.readsHooks = try await readsHooks(name, operation) }
    return visit
  }

  private func ask(_ visit: inout OrganizationVisit) async throws {
    do {
      let answer = try await graphQL.askWhole(OrganizationQuery.make(organization: visit.name), for: OrganizationTestWire.self)
      visit.answer = answer
      guard answer.data.organization == nil else { return }
      let error = answer.errors.first { $0.alias == "organization" } ?? answer.errors.first
      visit.refusal = .init(reason: error?.reason ?? Advice.leftOut, page: answer.singleSignOnPage)
    } catch let error as IntegrationError where [.unauthorized, .forbidden, .notFound].contains(error.code) {
      visit.refusal = .init(reason: error.reason)
    }
  }

  private func readsHooks(_ name: String, _ operation: String) async throws -> Bool {
    let response = try await rest.get(["orgs", name, "hooks"], query: [("per_page", "1")], operation: operation)
    if response.status == 200 { return true }
    let error = GitHubFailure(response, clock: clock).error(operation: operation)
    guard error.code == .forbidden || error.code == .notFound else { throw error }
    return false
  }
}

/// Everything GitHub answered to a ``Doctor``.
struct Examination: Sendable {
  var caller: Doctor.Caller
  var grant: TokenGrant
  var apiVersion: String?
  var serverVersion: String?
  var memberships = Memberships()
  var visits: [OrganizationVisit] = []

  init(caller: Doctor.Caller, grant: TokenGrant) {
    self.caller = caller
    self.grant = grant
  }
}
