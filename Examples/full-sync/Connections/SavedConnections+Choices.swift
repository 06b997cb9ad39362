import KoalrCore

// What a person turns on and off, and chooses; the next run goes by it.

extension SavedConnections {
  /// Turns services of a connection on and off, and prints which are on.
  func turn(_ name: String, on: [IntegrationService], off: [IntegrationService]) async throws {
    var connection = try requireCodeHost(name)
    for service in on { connection.settings?.turn(service, on: true) }
    for service in off { connection.settings?.turn(service, on: false) }
    if !on.isEmpty || !off.isEmpty { try await write(connection) }
    let settings = connection.settings
    let lines = IntegrationService.all.map { service in
      "  \(settings?.isOn(service) == false ? "off" : "on ")  \(service)\(service.isRequired ? " (the others need them)" : "")"
    }
    try Output.print(lines.joined(separator: "\n"))
  }

  /// Chooses the repositories to import, and prints which are chosen.
  func choose(_ name: String, _ choice: ConnectionChoice) async throws {
    var connection = try requireCodeHost(name)
    switch choice {
    case .all: connection.settings?.repositories = nil
    case .only(let names): connection.settings?.repositories = names
    case .unchanged: break
    }
    if choice != .unchanged { try await write(connection) }
    try Output.print((connection.settings?.repositories ?? ["all repositories"]).joined(separator: "\n"))
  }

  private func requireCodeHost(_ name: String) throws -> Connection {
    let found = try held.require(name)
    guard found.connection.service == .gitHub else {
      throw CommandError(
        "\"\(found.settings.name)\" is a connection to \(found.connection.service), which has nothing to choose.")
    }
    return found.connection
  }
}
