import KoalrDomain
import KoalrIntegrationProtocols

extension CodecovCoverage {
  /// How many pages of 50 commits are looked through for a complete one; a branch without one in that many counts as not reported.
  private static let mostCommitPages = 5
  /// How many pages of 100 days a trend may have.
  private static let mostTrendPages = 40

  /// Returns the newest settled report of a branch: the same that the list of repositories shows, here with its commit.
  func newestReport(
    of repository: RepositoryName, branch: String, head: CommitID?, now: Date
  ) async throws -> MeasuredCommit? {
    let operation = "find the newest coverage report of \(repository)"
    var number: Int? = 1
    while let page = number, page <= Self.mostCommitPages {
      let part: NumberedPage<CommitWire> = try await client.page(
        page, of: client.path(repository, "commits"), query: [("branch", branch), ("page_size", "50")], operation: operation)
      if let found = MeasuredCommit.newest(of: part.rows.compactMap { MeasuredCommit($0, now: now) }, head: head) { return found }
      number = part.next
    }
    return nil
  }

  /// Returns the daily means. A bare end date is its midnight and would cut the last day, so its last second is named.
  func trend(of repository: RepositoryName, since: Date, now: Date) async throws -> [CoveragePoint] {
    let rows: [PointWire] = try await client.rows(
      of: client.path(repository, "coverage"),
      query: [
        ("interval", "1d"), ("start_date", CodecovTime.query(since).prefix(10) + "T00:00:00Z"),
        ("end_date", ISO8601Time.day(now) + "T23:59:59Z"), ("page_size", "100"),
      ],
      limit: Self.mostTrendPages, operation: "read the coverage trend of \(repository)")
    return CoverageTrend.points(rows, since: since)
  }
}
