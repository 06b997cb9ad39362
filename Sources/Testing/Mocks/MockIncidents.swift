public import KoalrCore

/// An incident tool that shows the incidents of a mock world.
public final class MockIncidents: Sendable {
  /// The world, the failures and the calls.
  public let remote: MockRemote

  /// Makes an incident tool over a remote side that other adapters may share.
  public init(_ remote: MockRemote) { self.remote = remote }

  /// Makes an incident tool over a world of its own.
  public convenience init(_ world: MockWorld) { self.init(MockRemote(world)) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MockIncidents: IncidentSource {
  public func incidents(
    in repositories: RepositoryDirectory, since: Date, after cursor: Cursor?
  ) async throws -> Page<Incident> {
    let world = try await remote.enter(MockCall(.incidents, cursors: [cursor])).world
    let known = Set(world.repositories.compactMap { repositories[$0.repository.name.rawValue] })
    let wanted = world.incidents.filter { max($0.startedAt, $0.resolvedAt ?? .distantPast) >= since }.map { incident in
      var incident = incident
      incident.repositoryID = incident.repositoryID.flatMap { known.contains($0) ? $0 : nil }
      return incident
    }
    return try remote.page(of: wanted.newestFirst(by: \.startedAt, \.id.rawValue), after: cursor, .incidents)
  }
}
