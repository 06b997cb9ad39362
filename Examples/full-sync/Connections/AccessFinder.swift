import KoalrCore

/// Finds tokens, addresses and ids for a run: the environment first, then what is saved.
struct AccessFinder {
  var held: HeldConnections
  var tokens: SavedTokens
  var environment: [String: String]
  var arguments: SyncArguments

  /// The access to an organisation, by its name.
  ///
  /// - Throws: ``UsageError``, ``CommandError``, `SealingError`, `StoreError`.
  func access(organization: String) async throws -> OrganizationAccess {
    let service = ConnectableService.gitHub
    let address = try given(service) ?? service.address(nil)
    let saved = try held.saved(service, organization: organization, at: address).first
    let host: ServiceAccess
    if let token = token(service) {
      let id = saved?.connection.id ?? ConnectionNaming(held: held).codeHost(organization: organization)
      // Records carry the name as it was typed; one spelling keeps them equal.
      let spelled = saved?.settings.organization ?? organization
      host = ServiceAccess(connection: id, address: address, organization: spelled, token: token)
    } else if let saved {
      host = try await access(service, saved)
    } else {
      throw try noToken(for: organization)
    }
    return try await withCompanions(host, environment: environment)
  }

  /// The access to the organisation of a saved connection, with saved tokens only.
  ///
  /// - Throws: as ``access(organization:)``.
  func access(connection name: String) async throws -> OrganizationAccess {
    let saved = try held.require(name)
    guard saved.connection.service == .gitHub else {
      let name = saved.settings.name
      throw CommandError("\"\(name)\" is a connection to \(saved.connection.service); --connection needs one to GitHub.")
    }
    return try await withCompanions(try await access(.gitHub, saved), environment: [:])
  }

  private func withCompanions(_ host: ServiceAccess, environment: [String: String]) async throws -> OrganizationAccess {
    var finder = self
    finder.environment = environment
    return OrganizationAccess(
      codeHost: host, coverage: try await finder.companion(.codecov, of: host),
      scanner: try await finder.companion(.snyk, of: host))
  }

  private func companion(_ service: ConnectableService, of host: ServiceAccess) async throws -> ServiceAccess? {
    let wanted = service == .snyk ? arguments.snykOrganization : nil
    let saved = try held.saved(service, organization: host.organization, at: given(service))
      .filter { entry in wanted.map { entry.settings.snykOrganization?.means($0) == true } ?? true }
    guard let token = token(service) else {
      guard saved.count < 2 else { throw ambiguous(service, saved.map(\.settings.name)) }
      guard let saved = saved.first else { return nil }
      return try await access(service, saved)
    }
    let address = try given(service) ?? service.address(nil)
    let known = try saved.first { try service.address($0.settings.url) == address }
    let snykOrganization = wanted ?? known?.settings.snykOrganization
    let id =
      known?.connection.id
      ?? ConnectionNaming(held: held).companion(
        service, of: host.connection, organization: snykOrganization ?? host.organization)
    return ServiceAccess(
      connection: id, address: address, organization: host.organization, snykOrganization: snykOrganization, token: token)
  }

  private func access(
    _ service: ConnectableService, _ saved: (connection: Connection, settings: Connection.Settings)
  ) async throws -> ServiceAccess {
    ServiceAccess(
      connection: saved.connection.id, address: try service.address(saved.settings.url),
      organization: saved.settings.organization, snykOrganization: saved.settings.snykOrganization,
      token: try await tokens.token(of: saved.connection, settings: saved.settings),
      renewing: try await tokens.renewing(of: saved.connection, settings: saved.settings)?.credential)
  }

  private func given(_ service: ConnectableService) -> ServiceAddress? { arguments.addresses[service.service] }

  private func token(_ service: ConnectableService) -> Secret? { environment[service.tokenVariable].flatMap(Secret.init) }

  private func noToken(for organization: String) throws -> UsageError {
    if let elsewhere = try held.saved(.gitHub, organization: organization, at: nil).first, let url = elsewhere.settings.url {
      let name = elsewhere.settings.name
      return UsageError(
        "The connection \"\(name)\" to this organisation is saved for \(url); use --connection or --github-url.")
    }
    return UsageError(
      "--github needs GITHUB_TOKEN in the environment (a classic token with the scopes repo and read:org), or a connection to this "
        + "organisation that was saved with full-sync connections add.")
  }

  private func ambiguous(_ service: ConnectableService, _ names: [String]) -> UsageError {
    let listed = names.map { "\"\($0)\"" }.joined(separator: ", ")
    let choice = service == .snyk ? "--snyk-org or \(service.urlOption)" : service.urlOption
    return UsageError(
      "Several connections to \(service.title) are saved for this organisation (\(listed)); choose with \(choice).")
  }
}
