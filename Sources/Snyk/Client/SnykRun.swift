import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

/// What the pages of one run share: the organisation, its projects, and the versions that mend their problems.
actor SnykRun {
  private let client: SnykClient
  let wanted: String?
  private var organization: SnykOrganization?
  private var projects: [String: SnykProject]?
  private var fixes: [String: FixVersions] = [:]
  private var refusal: IntegrationError?

  /// How many pages of 100 projects are read.
  private static let mostProjectPages = 1000
  /// How many projects are asked about at the same time.
  private static let breadth = 4

  init(client: SnykClient, organization: String?) {
    self.client = client
    wanted = organization
  }

  /// Forgets what may have changed since the last run.
  func restart() {
    projects = nil
    fixes = [:]
    refusal = nil
  }

  /// Returns the organisation's id.
  func organizationID() async throws -> String {
    if let organization { return organization.id }
    let found = try await client.organization(wanted)
    organization = found
    return found.id
  }

  /// Returns the organisation's projects by id.
  func allProjects() async throws -> [String: SnykProject] {
    if let projects { return projects }
    let rows: [Lossy<ProjectWire>] = try await client.rows(
      ["orgs", try await organizationID(), "projects"], limit: Self.mostProjectPages, operation: "list Snyk projects"
    ) { ["version": SnykClient.version, "limit": SnykClient.pageSize, "expand": "target", "starting_after": $0] }
    let found = Dictionary(
      rows.compactMap { $0.value.flatMap(SnykProject.init) }.map { ($0.id, $0) }, uniquingKeysWith: { _, later in later })
    projects = found
    return found
  }
}

// MARK: Fix versions

/// The fix versions of some projects, and what could not be had.
struct ProjectFixes: Sendable {
  var versions: [String: FixVersions]
  var gaps: [SourceGap]

  /// The version that mends an open problem.
  func fix(for issue: IssueWire) -> String? {
    guard issue.hasFixVersion, let project = issue.projectID, let key = issue.attributes?.key else { return nil }
    return versions[project]?[key, issue.dependency?.packageVersion]
  }
}

extension SnykRun {
  /// Returns the fix versions of projects; each is asked about once in a run.
  ///
  /// - Throws: `IntegrationError` when Snyk asks to slow down: the page is worth trying again later. `CancellationError`.
  func fixes(of projects: Set<String>) async throws -> ProjectFixes {
    var gaps: [SourceGap] = []
    let missing = projects.filter { fixes[$0] == nil }.sorted()
    for start in stride(from: 0, to: missing.count, by: Self.breadth) where refusal == nil {
      for (project, result) in try await ask(missing[start..<min(start + Self.breadth, missing.count)]) {
        switch result {
        case .success(let found): fixes[project] = found
        case .failure(let error): gaps += try gap(error, of: project)
        }
      }
    }
    return ProjectFixes(versions: fixes.filter { projects.contains($0.key) }, gaps: gaps)
  }

  private func ask(_ projects: ArraySlice<String>) async throws -> [(String, Result<FixVersions, IntegrationError>)] {
    let organization = try await organizationID()
    let client = client
    return try await withThrowingTaskGroup { group in
      for project in projects {
        group.addTask { (project, try await client.fixVersions(of: project, in: organization)) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
  }

  /// A refusal holds for every project and is stated once; any other failure concerns its project only.
  private func gap(_ error: IntegrationError, of project: String) throws -> [SourceGap] {
    switch error.code {
    case .rateLimited: throw error
    case .unauthorized, .forbidden:
      guard refusal == nil else { return [] }
      refusal = error
      return [SourceGap(what: "fix versions of Snyk findings", why: "Snyk's v1 API, the only source, refused: \(error.reason)")]
    default:
      fixes[project] = FixVersions(AggregatedIssuesWire(issues: []))
      return [SourceGap(what: "fix versions of Snyk project \(project)", why: error.reason)]
    }
  }
}

extension SnykClient {
  /// A project's fix versions, or why Snyk did not give them.
  fileprivate func fixVersions(
    of project: String, in organization: String
  ) async throws -> Result<FixVersions, IntegrationError> {
    do {
      return .success(FixVersions(try await aggregatedIssues(of: project, in: organization)))
    } catch let error as IntegrationError {
      return .failure(error)
    }
  }
}
