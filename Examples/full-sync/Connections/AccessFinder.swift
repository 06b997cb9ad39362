import KoalrCore

/// Finds tokens, addresses and ids for a run: the environment first, then what is saved.
struct AccessFinder {
  var held: HeldConnections
  var tokens: SavedTokens
  var environment: [String: String]
  var arguments: SyncArguments

  /// The access to organisations, by their names. A saved connection to one of them is read whole, with all it covers.
  ///
  /// - Throws: ``UsageError``, ``CommandError``, `SealingError`, `StoreError`.
  func access(organizations: [String]) async throws -> RunAccess {
    let service = ConnectableService.gitHub
    let address = try given(service) ?? service.address(nil)
    let saved = try held.saved(service, organizations: organizations, at: address).first
    try saved.map { try require(organizations, in: $0.settings) }
    let host: ServiceAccess
    if let token = token(service) {
      let id = saved?.connection.id ?? ConnectionNaming(held: held).codeHost(organizations: organizations)
      // Records carry the name as it was typed; one spelling keeps them equal.
      let spelled = saved?.settings.organizations ?? organizations
      host = ServiceAccess(connection: id, address: address, organizations: spelled, token: token)
    } else if let saved {
      host = try await tokens.access(to: service, of: saved)
    } else {
      throw try noToken(for: organizations)
    }
    return try await withCompanions(host, saved?.settings, environment: environment)
  }

  /// The access to the organisation of a saved connection, with saved tokens only.
  ///
  /// - Throws: as ``access(organization:)``.
  func access(connection name: String) async throws -> RunAccess {
    let saved = try held.require(name)
    guard saved.connection.service == .gitHub else {
      let name = saved.settings.name
      throw CommandError("\"\(name)\" is a connection to \(saved.connection.service); --connection needs one to GitHub.")
    }
    return try await withCompanions(try await tokens.access(to: .gitHub, of: saved), saved.settings, environment: [:])
  }

  private func require(_ organizations: [String], in settings: Connection.Settings) throws(CommandError) {
    guard let other = organizations.first(where: { name in !settings.organizations.contains { $0.means(name) } }) else { return }
    throw CommandError(
      "\(other) is none of the organisations that \"\(settings.name)\" is saved for; connections replace --organization adds it.")
  }

  private func withCompanions(
    _ host: ServiceAccess, _ settings: Connection.Settings?, environment: [String: String]
  ) async throws -> RunAccess {
    var finder = self
    finder.environment = environment
    return RunAccess(
      codeHost: host, coverage: try await finder.companion(.codecov, of: host),
      scanner: try await finder.companion(.snyk, of: host), settings: settings)
  }

  private func companion(_ service: ConnectableService, of host: ServiceAccess) async throws -> ServiceAccess? {
    let wanted = service == .snyk ? arguments.snykOrganization : nil
    let saved = try held.saved(service, organizations: host.organizations, at: given(service))
      .filter { entry in wanted.map { entry.settings.snykOrganization?.means($0) == true } ?? true }
    guard let token = token(service) else {
      guard saved.count < 2 else { throw ambiguous(service, saved.map(\.settings.name)) }
      guard let saved = saved.first else { return nil }
      return try await tokens.access(to: service, of: saved)
    }
    let address = try given(service) ?? service.address(nil)
    let known = try saved.first { try service.isSame(address, as: $0.settings.url) }
    let snykOrganization = wanted ?? known?.settings.snykOrganization
    let id =
      known?.connection.id
      ?? ConnectionNaming(held: held).companion(
        service, of: host.connection, organization: snykOrganization ?? host.organization)
    return ServiceAccess(
      connection: id, address: address, organizations: host.organizations, snykOrganization: snykOrganization, token: token)
  }

  private func given(_ service: ConnectableService) -> ServiceAddress? { arguments.addresses[service.service] }

  private func token(_ service: ConnectableService) -> Secret? { environment[service.tokenVariable].flatMap(Secret.init) }

  private func noToken(for organizations: [String]) throws -> UsageError {
    if let elsewhere = try held.saved(.gitHub, organizations: organizations, at: nil).first, let url = elsewhere.settings.url {
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
