import KoalrCore
import KoalrGitHistory

/// Finds out which host a clone came from, as far as that shows.
struct CloneOrigin {
  var clone: LocalGitRepository

  private static let builds: [(path: String, dialect: CodeOwnersParser.Dialect)] = [
    (".gitlab-ci.yml", .gitLab), ("bitbucket-pipelines.yml", .bitbucket),
  ]

  /// The host by the name of the server that it came from; `nil` when that tells none.
  ///
  /// - Throws: `IntegrationError`.
  func host() async throws -> CodeOwnersParser.Dialect? {
    guard let server = try await clone.host() else { return nil }
    let names: [(String, CodeOwnersParser.Dialect)] = [("github", .gitHub), ("gitlab", .gitLab), ("bitbucket", .bitbucket)]
    return names.first { server.contains($0.0) }?.1
  }

  /// The host whose builds the files describe; weaker than what the rules themselves show.
  ///
  /// - Throws: `IntegrationError`.
  func hostByBuilds() async throws -> CodeOwnersParser.Dialect? {
    let build = try await clone.file(at: Self.builds.map(\.path), limit: 0)
    return Self.builds.first { $0.path == build?.path }?.dialect
  }
}
