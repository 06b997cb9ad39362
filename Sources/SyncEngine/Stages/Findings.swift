import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension SyncEngine {
  /// Reads what the security scanner found, page by page.
  func readFindings(_ world: SyncWorld) async throws {
    guard let source = sources.vulnerabilities, let connection = world.connections.vulnerabilities, connection.status != .failed
    else { return }
    var place: Cursor?
    switch try await resumption(of: .findings, connection: connection.id, world: world) {
    case .done: return
    case .place(let cursor): place = cursor
    case .beginning: break
    }
    let directory = RepositoryDirectory(world.repositories)
    do {
      try await readList("findings", connection: connection.id, scope: .findings, from: place) {
        try await source.findings(in: directory, since: world.window.since, after: $0)
      } keep: { page in
        var batch = StoreBatch(connection: connection.id)
        for finding in page.elements {
          switch finding {
          case .vulnerability(let vulnerability) where isWanted(vulnerability.finding): batch.upsert(vulnerability)
          case .license(let issue) where isWanted(issue.finding): batch.upsert(issue)
          default: break
          }
        }
        batch.checkpoint(checkpoint(.findings, after: page.next, since: world.window.since))
        try await store.write(batch)
      }
    } catch let error as IntegrationError {
      gaps.add(connection.id, "findings", error, in: .findings)
    }
  }

  /// A run that is limited to some repositories keeps only what belongs to them.
  private func isWanted(_ finding: Finding) -> Bool { finding.repositoryID != nil || options.repositories.isEmpty }

  /// Reads incidents from a tool that reports them.
  func readIncidents(_ world: SyncWorld) async throws {
    guard let source = sources.incidents else { return }
    let directory = RepositoryDirectory(world.repositories)
    do {
      try await readList("incidents", connection: world.connections.host) {
        try await source.incidents(in: directory, since: world.window.since, after: $0)
      } keep: { page in
        var batch = StoreBatch(connection: world.connections.host)
        for incident in page.elements { batch.upsert(try await keepingJoin(incident, connection: world.connections.host)) }
        try await store.write(batch)
      }
    } catch let error as IntegrationError {
      gaps.add(world.connections.host, "incidents", error)
    }
  }

  /// A tool does not know what other reports its incident was joined with; that holds until the repository is looked at again.
  private func keepingJoin(_ incident: Incident, connection: ConnectionID) async throws -> Incident {
    guard let known = try await store.record(Incident.self, id: incident.recordID, connection: connection) else {
      return incident
    }
    var incident = incident
    (incident.sameAs, incident.combinedConfidence) = (known.sameAs, known.combinedConfidence)
    return incident
  }
}
