public import KoalrDomain
import KoalrHTTPTransport
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension CodecovCoverage: CoverageSource {
  public func measuredRepositories(after cursor: Cursor?) async throws -> Page<MeasuredRepository> {
    guard let place = OwnerCursor(cursor, of: client.organizations) else {
      throw client.error(
        .misconfigured, "list repositories",
        "the saved position is of an owner that is not asked for any more; start the list again")
    }
    let owner = place.owner
    let operation = "list repositories of \(owner)"
    let page: NumberedPage<RepositoryWire> = try await client.page(
      try client.number(place.page, operation: operation), of: [client.gitService, owner, "repos"],
      query: [("active", "true"), ("page_size", "100")], operation: operation)
    let measured = page.rows.filter { $0.totals != nil || $0.activated == true }
    let names = measured.compactMap { $0.name.flatMap { RepositoryName(rawValue: "\(owner)/\($0)") } }
    return Page(
      names.map(MeasuredRepository.init), next: place.next(page.next, of: client.organizations),
      gaps: Self.gap(measured.count - names.count, "repositories of \(owner)", "without a name"))
  }

  public func coverage(of repository: Repository, trendSince: Date, now: Date) async throws -> RepositoryCoverage? {
    guard let branch = repository.defaultBranch else { return nil }
    do {
      let newest = try await newestReport(of: repository.name, branch: branch, head: repository.headSHA, now: now)
      guard let measured = newest else { return nil }
      return RepositoryCoverage(
        repositoryID: repository.id, sha: measured.sha, hits: measured.totals?.hits, lines: measured.totals?.lines,
        percent: measured.percent, trend: try await trend(of: repository.name, since: trendSince, now: now),
        measuredAt: measured.measuredAt)
    } catch let error as IntegrationError where error.code == .notFound {
      return nil
    }
  }

  public func changeCoverage(
    in repository: Repository, since: Date, after cursor: Cursor?
  ) async throws -> Page<MeasuredChange> {
    let operation = "list coverage of changes of \(repository.name)"
    do {
      // Oldest number first: a change that is updated meanwhile moves later rows back, so that some come twice and none is lost.
      let page: NumberedPage<Lossy<PullWire>> = try await client.page(
        try client.number(cursor, operation: operation), of: client.path(repository.name, "pulls"),
        query: [("ordering", "pullid"), ("page_size", "50"), ("start_date", CodecovTime.query(since))], operation: operation)
      let changes = page.rows.compactMap { $0.value.flatMap(MeasuredChange.init) }
      return Page(
        changes, next: page.next.map { Cursor(String($0)) },
        gaps: Self.gap(page.rows.count - changes.count, "changes of \(repository.name)", "in another form or without a number"))
    } catch let error as IntegrationError where error.code == .notFound {
      guard cursor != nil else { return Page([], next: nil) }
      let gap = SourceGap(what: "coverage of changes of \(repository.name)", why: "the list became shorter while it was read")
      return Page([], next: nil, gaps: [gap])
    }
  }

  public func fileCoverage(in repository: Repository, at sha: CommitID) async throws -> [FileCoverage]? {
    do {
      let report: ReportWire = try await client.get(
        client.path(repository.name, "totals"), query: [("sha", sha.rawValue)],
        operation: "read coverage of the files of \(repository.name) at \(sha.short)")
      return report.files.compactMap(FileCoverage.init)
    } catch let error as IntegrationError where error.code == .notFound {
      return nil
    }
  }

  private static func gap(_ count: Int, _ what: String, _ why: String) -> [SourceGap] {
    count > 0 ? [SourceGap(what: "\(count) \(what)", why: "Codecov listed them \(why)")] : []
  }
}
