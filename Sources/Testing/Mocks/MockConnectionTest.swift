import KoalrCore

extension MockRemote {
  /// Answers a connection test: a dead credential is an answer, an outage an error.
  func testConnection(_ operation: MockOperation, capabilities: [String]) async throws -> Connection {
    do {
      let world = try await enter(MockCall(operation)).world
      return connection(
        operation, world, .connected, "Successfully connected via \(world.account)", capabilities.map { ($0, true) })
    } catch let error as IntegrationError where error.code == .unauthorized {
      return connection(operation, world, .failed, error.reason, capabilities.map { ($0, false) })
    }
  }

  private func connection(
    _ operation: MockOperation, _ world: MockWorld, _ status: Connection.Status, _ message: String,
    _ capabilities: [(String, Bool)]
  ) -> Connection {
    Connection(
      id: ConnectionID(unchecked: operation.service.rawValue), service: operation.service, organization: world.organization,
      otherOrganizations: world.otherOrganizations, account: status == .failed ? nil : world.account, status: status,
      message: message,
      capabilities: capabilities.map { Capability(name: $0, available: $1, reason: $1 ? nil : message) }, testedAt: world.now)
  }
}
