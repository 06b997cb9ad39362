public import KoalrDomain
import KoalrHTTPTransport
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: DependencySource {
  public func isManifest(_ path: String) -> Bool { ManifestNames.contains(path) }

  public func dependencyChanges(
    in repository: Repository, from base: CommitID, to head: CommitID
  ) async throws -> [DependencyChange] {
    let operation = "compare the packages of \(repository.name)"
    var changes: [DependencyChange] = []
    for page in 1...Self.dependencyPages {
      let response = try await rest.get(
        ["repos"] + repository.name.rawValue.split(separator: "/").map(String.init)
          + ["dependency-graph", "compare", "\(base)...\(head)"],
        query: [("per_page", "100"), ("page", page == 1 ? nil : "\(page)")], operation: operation)
      guard response.status == 200 else { throw withoutGraph(GitHubFailure(response, clock: clock).error(operation: operation)) }
      let wire = try response.json([Lossy<DependencyWire>].self, service: .gitHub, operation: operation)
      let read = wire.compactMap { $0.value?.asChange }
      guard read.count == wire.count else {
        throw IntegrationError(.unexpectedResponse, service: .gitHub, operation: operation, reason: Advice.unreadable)
      }
      changes += read
      if try response.nextLink(service: .gitHub, operation: operation) == nil { return changes }
    }
    throw IntegrationError(.unexpectedResponse, service: .gitHub, operation: operation, reason: Advice.tooManyPages)
  }

  /// Comparisons longer than this many hundred packages are not read.
  private static var dependencyPages: Int { 50 }

  // GitHub hides that the graph is off behind the answers for what one may not see.
  private func withoutGraph(_ error: IntegrationError) -> IntegrationError {
    guard error.code == .forbidden || error.code == .notFound else { return error }
    var error = error
    error.reason = "GitHub compares no packages here; turn the dependency graph on in the repository's security settings"
    return error
  }
}
