public import KoalrCore

/// A scanner that shows the findings of a mock world.
public final class MockVulnerabilities: Sendable {
  /// The world, the failures and the calls.
  public let remote: MockRemote

  /// Makes a scanner over a remote side that other adapters may share.
  public init(_ remote: MockRemote) { self.remote = remote }

  /// Makes a scanner over a world of its own.
  public convenience init(_ world: MockWorld) { self.init(MockRemote(world)) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MockVulnerabilities: VulnerabilitySource {
  public func testConnection() async throws -> Connection {
    try await remote.testConnection(.testVulnerabilities, capabilities: ["read projects", "read issues"])
  }

  public func findings(
    in repositories: RepositoryDirectory, since: Date, after cursor: Cursor?
  ) async throws -> Page<SecurityFinding> {
    let world = try await remote.enter(MockCall(.findings, cursors: [cursor])).world
    let known = world.repositories.flatMap { repository in
      repository.findings.map { $0.pinned(to: repositories[repository.repository.name.rawValue]) }
    }
    let wanted = (known + world.strayFindings.map { $0.pinned(to: nil) }).filter { $0.finding.matters(since: since) }
    return try remote.page(of: wanted, after: cursor, .findings)
  }
}

extension SecurityFinding {
  /// What every finding has.
  public var finding: Finding {
    switch self {
    case .vulnerability(let vulnerability): vulnerability.finding
    case .license(let issue): issue.finding
    }
  }

  /// The same finding in the repository that the caller knows.
  fileprivate func pinned(to repository: RepositoryID?) -> SecurityFinding {
    switch self {
    case .vulnerability(var vulnerability):
      vulnerability.finding.repositoryID = repository
      return .vulnerability(vulnerability)
    case .license(var issue):
      issue.finding.repositoryID = repository
      return .license(issue)
    }
  }
}

extension Finding {
  /// Open findings always matter, resolved ones when they went away since, or nobody knows when.
  fileprivate func matters(since: Date) -> Bool { status == .open || (resolvedAt ?? .distantFuture) >= since }
}
