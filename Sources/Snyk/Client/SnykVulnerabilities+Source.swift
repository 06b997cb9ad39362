public import KoalrDomain
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
    var gaps = try await run.loadFixes(of: Set(page.rows.filter(\.hasFixVersion).compactMap(\.projectID)))
    var findings: [SecurityFinding] = []
    for row in page.rows {
      let project = row.projectID.flatMap { projects[$0] }
      guard
        let finding = SecurityFinding(
          row, project: project, repository: project?.repository(in: repositories), fixedIn: await fix(for: row))
      else { continue }
      findings.append(finding)
    }
    gaps += Self.unnamed(page.rows.count - findings.count)
    return Page(findings, next: place.advanced(to: page.next)?.cursor, gaps: gaps)
  }
}

extension SnykVulnerabilities {
  private func issues(at place: IssueCursor, since: Date, operation: String) async throws -> SnykPage<IssueWire> {
    let resolvedSince = place.status == .resolved ? ISO8601Time.format(since) : nil
    return try await client.page(
      ["orgs", try await run.organizationID(), "issues"],
      query: [
        "version": SnykClient.version, "limit": SnykClient.pageSize, "status": place.status.rawValue,
        "updated_after": resolvedSince, "starting_after": place.position,
      ],
      after: place.position, operation: operation)
  }

  private func fix(for row: IssueWire) async -> String? {
    guard row.hasFixVersion, let project = row.projectID, let key = row.attributes?.key else { return nil }
    return await run.fix(of: key, version: row.dependency?.packageVersion, in: project)
  }

  private static func unnamed(_ count: Int) -> [SourceGap] {
    count > 0
      ? [SourceGap(what: "\(count) Snyk issues", why: "Snyk listed them without the id, key, type or project that names them")]
      : []
  }
}
