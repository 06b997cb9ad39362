/// All mock adapters over one remote side: an organisation as its services show it.
public struct MockAdapters: Sendable {
  /// The world, the failures and the calls that all of them share.
  public let remote: MockRemote
  /// Repositories, changes, deployments, tickets, people.
  public let codeHost: MockCodeHost
  /// Commits and files.
  public let history: MockHistory
  /// Coverage.
  public let coverage: MockCoverage
  /// Findings of a scanner.
  public let vulnerabilities: MockVulnerabilities
  /// Incidents of an incident tool.
  public let incidents: MockIncidents

  /// Makes the adapters.
  public init(_ remote: MockRemote) {
    self.remote = remote
    codeHost = MockCodeHost(remote)
    history = MockHistory(remote)
    coverage = MockCoverage(remote)
    vulnerabilities = MockVulnerabilities(remote)
    incidents = MockIncidents(remote)
  }

  /// Makes the adapters over a world of their own.
  public init(_ world: MockWorld, failures: FailurePlan = .none, pageSizes: MockPageSizes = MockPageSizes()) {
    self.init(MockRemote(world, failures: failures, pageSizes: pageSizes))
  }
}
