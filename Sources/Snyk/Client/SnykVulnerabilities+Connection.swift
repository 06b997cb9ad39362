public import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension SnykVulnerabilities {
  public var connectionID: ConnectionID? { connection }

  public func testConnection() async throws -> Connection {
    var account: String?
    do {
      let attributes = try await client.account().attributes
      account = attributes?.username ?? attributes?.name
      let organization = try await client.organization(run.wanted)
      try await client.readOneProject(of: organization.id)
      return connection(.connected, account: account, organization: organization.slug ?? organization.id)
    } catch let error as IntegrationError where Self.isAnswer(error.code) {
      return connection(.failed, account: account, organization: run.wanted, reason: error.reason)
    }
  }
}

extension SnykVulnerabilities {
  /// Failures that a person can mend in the connection's settings.
  private static func isAnswer(_ code: IntegrationError.Code) -> Bool {
    [.unauthorized, .forbidden, .notFound, .misconfigured].contains(code)
  }

  private func connection(
    _ status: Connection.Status, account: String?, organization: String?, reason: String? = nil
  ) -> Connection {
    let read = Capability(
      name: "read projects and issues of \(organization ?? "the organisation")", available: reason == nil, reason: reason)
    let fixes = Capability(
      name: "read fix versions", available: nil,
      reason:
        "Snyk's v1 API is asked when a project has something to mend; a plan or token without it leaves fix versions unknown")
    return Connection(
      id: connection, service: .snyk, organization: organization, account: account, status: status, message: reason,
      capabilities: reason == nil ? [read, fixes] : [read], testedAt: clock.now())
  }
}

extension SnykClient {
  /// Tries whether projects may be read, at the smallest cost.
  fileprivate func readOneProject(of organization: String) async throws {
    let _: SnykPage<ProjectWire> = try await page(
      ["orgs", organization, "projects"], query: ["version": Self.version, "limit": "10"], after: nil,
      operation: "list Snyk projects")
  }
}
