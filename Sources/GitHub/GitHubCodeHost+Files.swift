public import KoalrDomain
import KoalrHTTPTransport
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: FileListSource {
  /// GitHub lists some 100,000 files at most, and says when there are more.
  ///
  /// Source: docs.github.com, "REST API endpoints for Git trees".
  public func paths(of repository: Repository) async throws -> [String]? {
    guard let head = repository.headSHA else { return [] }
    let operation = "list the files of \(repository.name)"
    let response = try await rest.get(
      ["repos"] + repository.name.rawValue.split(separator: "/").map(String.init) + ["git", "trees", head.rawValue],
      query: [("recursive", "1")], operation: operation)
    guard response.status == 200 else { throw GitHubFailure(response, clock: clock).error(operation: operation) }
    let tree = try response.json(TreeWire.self, service: .gitHub, operation: operation)
    guard tree.truncated == false, let entries = tree.tree, entries.allSatisfy({ $0.type != nil }) else { return nil }
    let paths = entries.filter { $0.type != "tree" }.map(\.path)
    return paths.contains(nil) ? nil : paths.compactMap(\.self)
  }
}
