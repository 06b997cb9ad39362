import Foundation
import KoalrCore

/// Saves tokens after they were tested.
struct ConnectionAdding {
  var file: URL
  var environment: [String: String]

  /// Tests a token and saves a connection with it; a failed test leaves nothing, not even a new file.
  func add(_ service: ConnectableService, _ settings: Connection.Settings, _ source: CredentialInput) async throws {
    let isThere = FileManager.default.fileExists(atPath: file.path)
    if isThere { try requireNew(service, settings, in: try await opened()) }
    _ = try SavedTokens.sealer(environment)
    let connection = try await obtaining(service, settings).use(source) { credential in
      let unnamed = ConnectionID(unchecked: service.service.rawValue)
      var connection = try await test(service, credential.token, settings, id: unnamed, otherwise: "Nothing was saved.")
      let saved = try await opened()
      // Another process may have taken the name while the token was tested.
      try requireNew(service, settings, in: saved)
      connection.id = ConnectionNaming(held: saved.held).id(
        forNew: service, name: settings.name, organization: connection.organization ?? settings.organization)
      connection.settings = settings
      try await saved.save(connection, credential)
      return connection
    }
    try Output.print(ConnectionLines(connections: [connection]).lines.joined(separator: "\n"))
  }

  /// Tests a token and saves it in place of the one that a connection has.
  func replace(_ name: String, _ source: CredentialInput, in saved: SavedConnections) async throws {
    let found = try saved.held.require(name)
    guard let service = ConnectableService(found.connection) else {
      throw CommandError("\"\(found.settings.name)\" is a connection to \(found.connection.service), which needs no token.")
    }
    _ = try SavedTokens.sealer(environment)
    var obtaining = try obtaining(service, found.settings)
    obtaining.saved = try await saved.tokens.client(of: found.connection.id, found.settings.name)
    let connection = try await obtaining.use(source) { credential in
      let stays = "The saved token stays."
      var connection = try await test(
        service, credential.token, found.settings, id: found.connection.id, otherwise: stays)
      // A token alone decides which organisation Snyk shows; records of two must not mix.
      if let old = found.connection.organization, let new = connection.organization, !old.means(new) {
        throw CommandError("The token belongs to \(new), and \"\(found.settings.name)\" holds records of \(old). \(stays)")
      }
      connection.settings = found.settings
      try await saved.save(connection, credential)
      return connection
    }
    try Output.print(ConnectionLines(connections: [connection]).lines.joined(separator: "\n"))
  }

  private func obtaining(
    _ service: ConnectableService, _ settings: Connection.Settings
  ) throws(UsageError) -> CredentialObtaining {
    CredentialObtaining(environment: environment, address: try service.address(settings.url))
  }

  private func opened() async throws -> SavedConnections {
    try await SavedConnections(try await StoreSetup.open(file), environment: environment)
  }

  private func requireNew(
    _ service: ConnectableService, _ settings: Connection.Settings, in saved: SavedConnections
  ) throws {
    try saved.requireFree(settings.name)
    let same = try saved.held.saved(service, organization: settings.organization, at: service.address(settings.url)).first {
      $0.settings.snykOrganization == settings.snykOrganization
    }
    guard let same else { return }
    throw CommandError(
      "\"\(same.settings.name)\" is already saved for this organisation there; change its token with connections replace.")
  }

  private func test(
    _ service: ConnectableService, _ token: Secret, _ settings: Connection.Settings, id: ConnectionID, otherwise: String
  ) async throws -> Connection {
    let access = ServiceAccess(
      connection: id, address: try service.address(settings.url), organization: settings.organization,
      snykOrganization: settings.snykOrganization, token: token)
    let connection = try await Setup(observer: RunMeter()).tester(service, access).testConnection()
    guard connection.status != .failed else {
      let reason = connection.message ?? "the token was refused"
      throw CommandError("Could not connect to \(service.title): \(reason)\(reason.hasSuffix(".") ? "" : ".") \(otherwise)")
    }
    return connection
  }
}
