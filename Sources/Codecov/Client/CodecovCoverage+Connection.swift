public import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension CodecovCoverage {
  public var connectionID: ConnectionID? { connection }

  public func testConnection() async throws -> Connection {
    do {
      guard try await organizationIsVisible() else { return connection(.failed, [invisible], message: invisible.reason) }
      let rows = try await capabilities()
      let failed = rows.first { $0.available == false }
      return connection(failed == nil ? .connected : .degraded, rows, message: failed?.reason)
    } catch let error as IntegrationError where Self.isAnswer(error.code) {
      return connection(.failed, [Capability(name: readName, available: false, reason: error.reason)], message: error.reason)
    }
  }
}

extension CodecovCoverage {
  /// Failures that a person can mend in the connection's settings.
  private static func isAnswer(_ code: IntegrationError.Code) -> Bool {
    [.unauthorized, .forbidden, .notFound, .misconfigured].contains(code)
  }

  /// How many pages of 100 owners are looked through for the organisation.
  private static let mostOwnerPages = 20

  private var readName: String { "read coverage of \(client.organization)" }

  private var invisible: Capability {
    Capability(
      name: readName, available: false,
      reason:
        "Codecov accepts the token, but \(client.organization) is not among the owners it sees; check the organisation's name, and "
        + "log in to Codecov with an account that belongs to it")
  }

  private func organizationIsVisible() async throws -> Bool {
    let owners: [OwnerWire] = try await client.rows(
      of: [client.gitService], query: [("page_size", "100")], limit: Self.mostOwnerPages, operation: "check the Codecov token")
    return owners.contains { $0.username?.lowercased() == client.organization.lowercased() }
  }

  /// Codecov leaves out repositories that the account may not see, so their absence is all there is to go by.
  private func capabilities() async throws -> [Capability] {
    let page: NumberedPage<RepositoryWire> = try await client.page(
      1, of: [client.gitService, client.organization, "repos"], query: [("active", "true"), ("page_size", "100")],
      operation: "list repositories of \(client.organization)")
    let read = Capability(
      name: readName, available: !page.rows.isEmpty,
      reason: page.rows.isEmpty
        ? "No repository with coverage is visible: none was uploaded yet, or \(CodecovClient.seatAdvice)" : nil)
    let seesPrivate = page.rows.contains { $0.private == true }
    return [
      read,
      Capability(
        name: "read private repositories", available: seesPrivate ? true : nil,
        reason: seesPrivate
          ? nil : "Only public repositories are visible; if there should be others, \(CodecovClient.seatAdvice)"),
    ]
  }

  private func connection(_ status: Connection.Status, _ rows: [Capability], message: String?) -> Connection {
    Connection(
      id: connection, service: .codecov, organization: client.organization, account: nil, status: status, message: message,
      capabilities: rows, testedAt: clock.now())
  }
}
