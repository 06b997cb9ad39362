import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

/// The connections of a run after their test; a failed one stops its own adapter only.
struct TestedConnections: Sendable {
  var codeHost: Connection
  var coverage: Connection?
  var vulnerabilities: Connection?

  var all: [Connection] { [codeHost] + [coverage, vulnerabilities].compactMap(\.self) }
  var host: ConnectionID { codeHost.id }
  /// Those that are read from, the code host first.
  var read: [ConnectionID] { all.filter { $0.status != .failed }.map(\.id) }
}

extension SyncEngine {
  /// Tests every connection at once and stores what was found.
  func connect() async throws -> TestedConnections {
    async let host = test(sources.codeHost)
    async let coverage = testOptional(sources.coverage)
    async let vulnerabilities = testOptional(sources.vulnerabilities)
    var connections = TestedConnections(
      codeHost: try await host, coverage: try await coverage, vulnerabilities: try await vulnerabilities)
    if let other = try await otherOrganization(than: connections.codeHost) { throw SyncError(description: other) }
    if try await isMistaken(connections.codeHost) { throw failure(of: connections.codeHost) }
    connections.codeHost = try await keep(connections.codeHost)
    connections.coverage = try await keepOptional(connections.coverage)
    connections.vulnerabilities = try await keepOptional(connections.vulnerabilities)
    guard connections.codeHost.status != .failed else { throw failure(of: connections.codeHost) }
    for connection in [connections.coverage, connections.vulnerabilities].compactMap(\.self) where connection.status == .failed {
      gaps.add(connection.id, "everything from \(connection.service)", why: connection.message ?? "the connection failed")
    }
    return connections
  }

  private func failure(of host: Connection) -> SyncError {
    let page = (host.organizationAccess ?? []).lazy.compactMap { $0.remedy?.page }.first
    let reason = (host.message ?? "the credential was refused") + (page.map { "; see \($0)" } ?? "")
    return SyncError(description: "\(host.service): could not connect: \(reason)")
  }

  private func test(_ source: any ConnectionTestable) async throws -> Connection {
    do {
      return try await source.testConnection()
    } catch let error as IntegrationError {
      throw SyncError(description: error.description)
    }
  }

  /// An optional service that cannot be reached is a failed connection, not the end of the run.
  private func testOptional(_ source: (any ConnectionTestable)?) async throws -> Connection? {
    guard let source else { return nil }
    do {
      return try await source.testConnection()
    } catch let error as IntegrationError {
      guard let id = source.connectionID ?? ConnectionID(rawValue: error.service.rawValue) else { throw error }
      return Connection(
        id: id, service: error.service, organization: nil, account: nil, status: .failed, message: error.description)
    }
  }
}
