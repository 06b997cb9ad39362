public import KoalrDomain
import KoalrHTTPTransport
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension SnykVulnerabilities: VulnerabilitySource {
  public func findings(
    in repositories: RepositoryDirectory, since: Date, after cursor: Cursor?
  ) async throws -> Page<SecurityFinding> {
    let operation = "list Snyk issues"
    guard let place = IssueCursor(cursor) else {
      throw client.error(.misconfigured, operation, "the saved position is not one that Snyk's lists have; start this list again")
    }
    if cursor == nil { await run.restart() }
    let projects = try await run.allProjects()
    let page = try await issues(at: place, since: since, operation: operation)
    guard page.next == nil || place.page < SnykClient.mostPages else {
      throw client.error(.tooLarge, operation, "the list has more than \(SnykClient.mostPages) pages")
    }
    let rows = page.rows.compactMap(\.value)
    let fixes = try await run.fixes(of: Set(rows.filter(\.hasFixVersion).compactMap(\.projectID)))
    let findings = rows.compactMap { row in
      let project = row.projectID.flatMap { projects[$0] }
      return SecurityFinding(
        row, project: project, repository: project?.repository(in: repositories), fixedIn: fixes.fix(for: row))
    }
    return Page(
      findings, next: place.advanced(to: page.next)?.cursor,
      gaps: fixes.gaps + Self.unnamed(page.rows.count - findings.count))
  }
}

extension SnykVulnerabilities {
  private func issues(at place: IssueCursor, since: Date, operation: String) async throws -> SnykPage<Lossy<IssueWire>> {
    // Servers refuse the years that "the distant past" lies in.
    let since = ISO8601Time.format(max(since, Date(timeIntervalSince1970: 0)))
    return try await client.page(
      ["orgs", try await run.organizationID(), "issues"],
      query: [
        "version": SnykClient.version, "limit": SnykClient.pageSize, "status": place.status.rawValue,
        "updated_after": place.status == .resolved ? since : nil, "starting_after": place.position,
      ],
      after: place.position, operation: operation)
  }

  private static func unnamed(_ count: Int) -> [SourceGap] {
    count > 0
      ? [
        SourceGap(
          what: "\(count) Snyk issues",
          why: "Snyk listed them in another form, or without the id, key, type or project that names them")
      ]
      : []
  }
}
