import Foundation
import KoalrCore

/// Tries a saved connection and says what it may do, and what to do about the rest.
struct ConnectionCheck {
  var saved: SavedConnections

  /// - Returns: whether everything works.
  func run(_ name: String, json: Bool) async throws -> FullSync.ExitCode {
    let found = try saved.held.require(name)
    guard let service = ConnectableService(found.connection) else {
      throw CommandError("\"\(found.settings.name)\" is a connection to \(found.connection.service), which has nothing to check.")
    }
    let access = ServiceAccess(
      connection: found.connection.id, address: try service.address(found.settings.url),
      organizations: found.settings.organizations, snykOrganization: found.settings.snykOrganization,
      token: try await saved.tokens.token(of: found.connection, settings: found.settings))
    let tester = Setup(observer: RunMeter()).tester(service, access)
    let (connection, diagnosis) = try await Self.diagnose(tester, access)
    try await keep(connection, of: found.connection)
    try Output.print(try DiagnosisText(diagnosis: diagnosis, name: found.settings.name).text(json: json))
    return diagnosis.status == .connected ? .complete : .incomplete
  }

  /// Asks as much as the service can tell.
  static func diagnose(_ tester: any ConnectionTestable, _ access: ServiceAccess) async throws -> (
    Connection, ConnectionDiagnosis
  ) {
    if let doctor = tester as? any ConnectionDiagnosable {
      let diagnosis = try await doctor.diagnose()
      return (diagnosis.connection, diagnosis)
    }
    let connection = try await tester.testConnection()
    return (connection, ConnectionDiagnosis(connection, address: access.address.url.absoluteString))
  }

  /// What was found is what lists show from now on. What it looks at stays: its records are of that.
  private func keep(_ tested: Connection, of known: Connection) async throws {
    var connection = tested
    connection.settings = known.settings
    if tested.status == .failed {
      (connection.organization, connection.otherOrganizations) = (known.organization, known.otherOrganizations)
    }
    try await saved.write(connection)
  }
}

extension ConnectionDiagnosis {
  /// What a service that tells no more than its connection test has to say.
  fileprivate init(_ connection: Connection, address: String) {
    self.init(
      id: connection.id, service: connection.service, status: connection.status,
      message: connection.message ?? (connection.status == .failed ? "The credential was refused" : "Successfully connected"),
      account: connection.account.map { Account(name: $0, isUser: true) },
      credential: Credential(kind: nil, expiresAt: connection.credentialExpiresAt), server: Server(web: address, api: address),
      organizations: connection.organizations.map {
        OrganizationAccess(name: $0, state: connection.status == .failed ? .unknown : .granted)
      },
      capabilities: connection.capabilities, testedAt: connection.testedAt ?? SystemClock().now())
  }
}
