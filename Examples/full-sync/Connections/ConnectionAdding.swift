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
        forNew: service, name: settings.name, organizations: connection.organizations + settings.organizations)
      connection.settings = settings
      connection.settings?.connectedAt = connection.testedAt ?? SystemClock().now()
      try await saved.save(connection, credential)
      return connection
    }
    try Output.print(ConnectionLines(connections: [connection]).lines.joined(separator: "\n"))
  }

  /// Tests a token and saves it in place of the one that a connection has.
  ///
  /// - Parameter organizations: what it covers from now on; as before when empty. One of those it covered has to be among them: its
  ///   records are theirs.
  func replace(
    _ name: String, _ source: CredentialInput, organizations: [String] = [], in saved: SavedConnections
  ) async throws {
    var found = try saved.held.require(name)
    guard let service = ConnectableService(found.connection) else {
      throw CommandError("\"\(found.settings.name)\" is a connection to \(found.connection.service), which needs no token.")
    }
    _ = try SavedTokens.sealer(environment)
    if !organizations.isEmpty { try found.settings.cover(organizations) }
    let settings = found.settings
    var obtaining = try obtaining(service, settings)
    obtaining.saved = try await saved.tokens.client(of: found.connection.id, settings.name)
    let connection = try await obtaining.use(source) { credential in
      let stays = "The saved token stays."
      var connection = try await test(
        service, credential.token, settings, id: found.connection.id, otherwise: stays)
      // A token alone decides which organisation Snyk shows; records of two must not mix.
      let (old, new) = (found.connection.organizations, connection.organizations)
      if !old.isEmpty, !new.isEmpty, !old.meet(new) {
        let (old, new) = (old.joined(separator: ", "), new.joined(separator: ", "))
        throw CommandError("The token belongs to \(new), and \"\(settings.name)\" holds records of \(old). \(stays)")
      }
      connection.settings = settings
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
    let same = try saved.held.saved(service, organizations: settings.organizations, at: service.address(settings.url)).first {
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
      connection: id, address: try service.address(settings.url), organizations: settings.organizations,
      snykOrganization: settings.snykOrganization, token: token)
    let tester = Setup(observer: RunMeter()).tester(service, access)
    let (connection, diagnosis) = try await ConnectionCheck.diagnose(tester, access)
    guard connection.status != .failed else {
      let reason = connection.message ?? "the token was refused"
      let pages = diagnosis.organizations.compactMap { $0.remedy?.page }.map { " See \($0)" }.joined()
      throw CommandError(
        "Could not connect to \(service.title): \(reason)\(reason.hasSuffix(".") ? "" : ".")\(pages) \(otherwise)")
    }
    return connection
  }
}

extension Connection.Settings {
  /// Covers other organisations than before, of which one has to stay.
  fileprivate mutating func cover(_ names: [String]) throws(CommandError) {
    guard names.meet(organizations) else {
      throw CommandError(
        "\"\(name)\" holds records of \(organizations.joined(separator: ", ")); keep one of them, or add another connection.")
    }
    organization = names[0]
    otherOrganizations = names.count > 1 ? Array(names.dropFirst()) : nil
  }
}
