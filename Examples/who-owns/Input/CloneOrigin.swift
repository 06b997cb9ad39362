import KoalrCore
import KoalrGitHistory

/// Finds out which host a clone came from, as far as that shows.
struct CloneOrigin {
  var clone: LocalGitRepository

  /// What shows it.
  struct Signs {
    /// By the name of the server that it came from.
    var host: CodeOwnersParser.Dialect?
    /// By the files of a host's builds; weaker than what the rules themselves show.
    var likely: CodeOwnersParser.Dialect?
  }

  private static let builds: [(path: String, dialect: CodeOwnersParser.Dialect)] = [
    (".gitlab-ci.yml", .gitLab), ("bitbucket-pipelines.yml", .bitbucket),
  ]

  /// - Throws: `IntegrationError`.
  func read() async throws -> Signs {
    let server = try await clone.host() ?? ""
    let names: [(String, CodeOwnersParser.Dialect)] = [("github", .gitHub), ("gitlab", .gitLab), ("bitbucket", .bitbucket)]
    if let host = names.first(where: { server.contains($0.0) })?.1 { return Signs(host: host) }
    let build = try await clone.file(at: Self.builds.map(\.path), limit: 0)
    return Signs(likely: Self.builds.first { $0.path == build?.path }?.dialect)
  }
}
