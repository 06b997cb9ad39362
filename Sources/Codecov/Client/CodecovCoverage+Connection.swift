public import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension CodecovCoverage {
  public var connectionID: ConnectionID? { connection }

  public func testConnection() async throws -> Connection {
    do {
      let visible = try await visibleOwners()
      var rows: [Capability] = []
      for owner in client.organizations {
        rows += visible.contains(owner.lowercased()) ? try await capabilities(of: owner) : [invisible(owner)]
      }
      let failed = rows.first { $0.available == false }
      let isBlind = client.organizations.allSatisfy { !visible.contains($0.lowercased()) }
      return connection(failed == nil ? .connected : isBlind ? .failed : .degraded, rows, message: failed?.reason)
    } catch let error as IntegrationError where Self.isAnswer(error.code) {
      let rows = client.organizations.map { Capability(name: readName($0), available: false, reason: error.reason) }
      return connection(.failed, rows, message: error.reason)
    }
  }
}

extension CodecovCoverage {
  /// Failures that a person can mend in the connection's settings.
  private static func isAnswer(_ code: IntegrationError.Code) -> Bool {
    [.unauthorized, .forbidden, .notFound, .misconfigured].contains(code)
  }

  /// How many pages of 100 owners are looked through for the organisations.
  private static let mostOwnerPages = 20

  private func readName(_ owner: String) -> String { "read coverage of \(owner)" }

  private func invisible(_ owner: String) -> Capability {
    Capability(
      name: readName(owner), available: false,
      reason:
        "Codecov accepts the token, but \(owner) is not among the owners it sees; check the organisation's name, and "
        + "log in to Codecov with an account that belongs to it")
  }

  /// In lower case.
  private func visibleOwners() async throws -> Set<String> {
    let owners: [OwnerWire] = try await client.rows(
      of: [client.gitService], query: [("page_size", "100")], limit: Self.mostOwnerPages, operation: "check the Codecov token")
    return Set(owners.compactMap { $0.username?.lowercased() })
  }

  /// Codecov leaves out repositories that the account may not see, so their absence is all there is to go by.
  private func capabilities(of owner: String) async throws -> [Capability] {
    let page: NumberedPage<RepositoryWire> = try await client.page(
      1, of: [client.gitService, owner, "repos"], query: [("active", "true"), ("page_size", "100")],
      operation: "list repositories of \(owner)")
    let read = Capability(
      name: readName(owner), available: !page.rows.isEmpty,
      reason: page.rows.isEmpty
        ? "No repository with coverage is visible: none was uploaded yet, or \(CodecovClient.seatAdvice)" : nil)
    let seesPrivate = page.rows.contains { $0.private == true }
    return [
      read,
      Capability(
        name: client.organizations.count == 1 ? "read private repositories" : "read private repositories of \(owner)",
        available: seesPrivate ? true : nil,
        reason: seesPrivate
          ? nil : "Only public repositories are visible; if there should be others, \(CodecovClient.seatAdvice)"),
    ]
  }

  private func connection(_ status: Connection.Status, _ rows: [Capability], message: String?) -> Connection {
    let others = client.organizations.dropFirst()
    return Connection(
      id: connection, service: .codecov, organization: client.organizations.first,
      otherOrganizations: others.isEmpty ? nil : Array(others), account: nil, status: status, message: message,
      capabilities: rows,
      testedAt: clock.now())
  }
}
