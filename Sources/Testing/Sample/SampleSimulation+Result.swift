import KoalrCore

extension SampleSimulation {
  /// The repository as its services show it after all that happened.
  func repository() -> MockRepository {
    MockRepository(
      repository: description, codeOwners: codeOwners, changes: changes.newestFirst(by: \.updatedAt, \.id.rawValue),
      commits: Array(commits.reversed().newestFirst(by: \.committedAt, childFirst)),
      deployments: deployments.newestFirst(by: \.createdAt, \.id.rawValue),
      issues: issues.newestFirst(by: \.updatedAt, \.id.rawValue), coverage: coverageReports(),
      findings: SampleFindings.findings(in: story), paths: tree.lines.keys.sorted())
  }

  /// Nothing decides between commits of one second but their names; the sample has none that are parent and child.
  private func childFirst(_ commit: Commit) -> String { commit.sha.rawValue }

  private var description: Repository {
    Repository(
      id: story.id, name: story.fullName, defaultBranch: story.isEmpty ? nil : "main", headSHA: mainHead,
      archived: story.archived != nil, fork: story.isFork, visibility: story.visibility, language: story.language,
      createdAt: commits.first?.committedAt ?? SampleOrganisation.since, pushedAt: commits.map(\.committedAt).max(),
      cloneURL: "https://github.example/\(story.fullName).git", newestChangeAt: changes.map(\.updatedAt).max(),
      newestDeploymentAt: deployments.map(\.createdAt).max())
  }

  private var codeOwners: DiscoveredRepository.CodeOwnersFinding {
    guard let path = codeOwnersPath, !story.isEmpty else { return .none }
    var lines = ["# Who looks after what. The last line that fits wins.", "* @acme/\(story.team)"]
    lines += story.areas.map { "/\($0.folder)/ @acme/\($0.team)" }
    lines += ["/migrations/ @acme/platform", "manifest.* @acme/platform @\(SamplePeople().members(of: story.team)[0])"]
    var errors: [CodeOwnersError] = []
    if case .broken = story.codeOwners {
      lines.append("/dashboards/ @acme/analytics")
      errors = [
        CodeOwnersError(
          line: lines.count, column: 14, kind: "Unknown owner",
          suggestion: "make sure that @acme/analytics exists and may write to the repository")
      ]
    }
    let text = lines.joined(separator: "\n") + "\n"
    return .found(
      CodeOwnersSnapshot(
        repositoryID: story.id, path: path, sha: SampleNames.sha("blob", text), text: text, errors: errors))
  }
}
