public import KoalrDomain
public import KoalrIntegrationProtocols
import KoalrHTTPTransport

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: ConnectionTestable {
  public var connectionID: ConnectionID? { connection }

  public func testConnection() async throws -> Connection {
    let operation = "test the connection to \(organization)"
    let response: HTTPResponse
    do {
      response = try await rest.get(["user"], operation: operation)
    } catch let error as IntegrationError where error.code == .unauthorized {
      // The token renews itself, and can do so no more.
      return failed(error.reason, account: nil, TokenGrant([:]))
    }
    let grant = TokenGrant(response.headers)
    let account = try account(response, operation)
    if case .failure(let dead) = account { return failed(dead.reason, account: nil, grant) }
    let answer: GraphQLAnswer<OrganizationTestWire>
    do {
      answer = try await graphQL.askWhole(OrganizationQuery.make(organization: organization), for: OrganizationTestWire.self)
    } catch let error as IntegrationError where error.code == .unauthorized || error.code == .forbidden {
      return failed(error.reason, account: try? account.get(), grant)
    }
    let name = try account.get() ?? answer.data.viewer?.login
    guard answer.data.organization != nil else {
      let error = answer.errors.first { $0.alias == "organization" } ?? answer.errors.first
      return failed("the organisation \(organization): \(error?.reason ?? Advice.leftOut)", account: name, grant)
    }
    let readsHooks = grant.scopes == nil ? try await readsHooks(operation) : nil
    let table = CapabilityTable(organization: organization, grant: grant, answer: answer, readsHooks: readsHooks)
    return connected(name, table.capabilities, grant)
  }

  // The login; nothing for an installation token, which belongs to no user; or why the token is dead.
  private func account(_ response: HTTPResponse, _ operation: String) throws -> Result<String?, IntegrationError> {
    if response.status == 200 {
      return .success(try response.json(ActorWire.self, service: .gitHub, operation: operation).login)
    }
    let error = GitHubFailure(response, clock: clock).error(operation: operation)
    switch error.code {
    case .unauthorized: return .failure(error)
    case .forbidden where NoticeWire(response.body)?.message?.contains("not accessible by integration") == true:
      return .success(nil)
    case .forbidden: return .failure(error)
    default: throw error
    }
  }

  private func readsHooks(_ operation: String) async throws -> Bool {
    let response = try await rest.get(["orgs", organization, "hooks"], query: [("per_page", "1")], operation: operation)
    if response.status == 200 { return true }
    let error = GitHubFailure(response, clock: clock).error(operation: operation)
    guard error.code == .forbidden || error.code == .notFound else { throw error }
    return false
  }

  private func connected(_ account: String?, _ capabilities: [Capability], _ grant: TokenGrant) -> Connection {
    let isWhole = capabilities.allSatisfy { $0.available != false }
    return Connection(
      id: connection, service: .gitHub, organization: organization, account: account,
      status: isWhole ? .connected : .degraded, message: "Successfully connected via \(account ?? "an installation")",
      capabilities: capabilities, testedAt: clock.now(), credentialExpiresAt: grant.expiresAt)
  }

  private func failed(_ reason: String, account: String??, _ grant: TokenGrant) -> Connection {
    Connection(
      id: connection, service: .gitHub, organization: organization, account: account ?? nil, status: .failed, message: reason,
      testedAt: clock.now(), credentialExpiresAt: grant.expiresAt)
  }
}
