import KoalrCore

extension SavedTokens {
  /// What was allowed by OAuth; `nil` for a connection with a token.
  ///
  /// - Throws: as ``token(of:settings:)``.
  func grant(of connection: ConnectionID, _ name: String) async throws -> OAuthGrant? {
    guard try await isSaved(.oauthGrant, connection) else { return nil }
    return try await open(.oauthGrant, connection, name).flatMap(OAuthGrant.init)
  }

  /// The app that was allowed; `nil` when none is saved.
  ///
  /// - Throws: as ``token(of:settings:)``.
  func client(of connection: ConnectionID, _ name: String) async throws -> OAuthClient? {
    guard try await isSaved(.oauthClient, connection) else { return nil }
    return try await open(.oauthClient, connection, name).flatMap(OAuthClient.init)
  }

  /// The credential of a connection that was authorised by OAuth, and the app; `nil` for one with a token.
  ///
  /// - Throws: as ``token(of:settings:)``.
  func renewing(
    of connection: Connection, settings: Connection.Settings
  ) async throws -> (credential: RefreshingCredential, client: OAuthClient, address: ServiceAddress)? {
    guard let service = ConnectableService(connection), try await grant(of: connection.id, settings.name) != nil else {
      return nil
    }
    guard let client = try await client(of: connection.id, settings.name) else {
      throw CommandError(
        "The connection \"\(settings.name)\" has no saved OAuth app; authorise it again with full-sync connections replace --oauth."
      )
    }
    let address = try service.address(settings.url)
    let credential = RefreshingCredential(
      connection: connection.id, secrets: try sealed(), authorizer: Setup.authorizer(client, address), service: service.service)
    return (credential, client, address)
  }

  /// Saves a credential in place of the one that is there. A grant comes before a token where both are there, so whichever of the
  /// two writes is the last one, the connection has one that works.
  func save(_ credential: NewCredential, _ connection: ConnectionID) async throws {
    let secrets = try sealed()
    switch credential {
    case .token(let token):
      try await secrets.save(token, name: .token, connection: connection)
      try await secrets.remove(.oauthGrant, connection: connection)
      try await secrets.remove(.oauthClient, connection: connection)
    case .oauth(let grant, let client):
      try await secrets.save(try client.asSecret(), name: .oauthClient, connection: connection)
      try await secrets.save(try grant.asSecret(), name: .oauthGrant, connection: connection)
      try await secrets.remove(.token, connection: connection)
    }
  }
}

extension SavedConnections {
  /// Takes a connection's token back at the service.
  ///
  /// - Throws: ``CommandError`` for a token that was not made by OAuth; `IntegrationError` when the service could not be asked.
  func revoke(_ found: (connection: Connection, settings: Connection.Settings)) async throws {
    let name = found.settings.name
    guard let renewing = try await tokens.renewing(of: found.connection, settings: found.settings) else {
      throw CommandError(
        "The token of \"\(name)\" was not made by OAuth, so only its owner can revoke it, in the service's settings. "
          + "Nothing was removed.")
    }
    do {
      // An expired token cannot be taken back, and its refresh token would live on.
      let grant = try await renewing.credential.current()
      let isRevoked = try await Setup.authorizer(renewing.client, renewing.address).revoke(grant, extent: .token)
      try Output.print(isRevoked ? "The token of \"\(name)\" is revoked." : "The token of \"\(name)\" was not valid any more.")
    } catch let error as IntegrationError where error.code == .unauthorized {
      try Output.print("The token of \"\(name)\" was not valid any more.")
    }
  }
}
