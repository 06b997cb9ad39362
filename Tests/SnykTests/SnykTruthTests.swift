import KoalrCore
import KoalrSnyk
import PeerSupport
import Testing

@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct SnykTruthTests {
  @Test(arguments: [1, 2])
  func `every finding has the fields of the truth`(seed: Int) async throws {
    let world = try await World.seed(seed)
    let run = try await world.all(of: try world.snyk())
    #expect(run.gaps == [])
    var expected: Set<String> = []
    for entry in world.truth.repositories {
      for project in entry.security {
        for issue in project.issues where issue.status == "open" || (issue.resolved ?? "") > world.truth.since {
          expected.insert(issue.id)
          let found = try #require(run.findings[issue.id], "\(entry.name) \(issue.key)")
          expectFields(of: found.finding, issue, project, RepositoryID(rawValue: entry.nodeId))
          #expect((found.vulnerability == nil) == (issue.type == "license"))
          #expect(found.vulnerability?.cve == issue.cve && found.vulnerability?.cvss == issue.score)
          #expect((found.vulnerability?.cvssVector == nil) == (issue.score == nil))
        }
      }
    }
    #expect(Set(run.findings.keys) == expected)
    #expect(expected.count > 150 && run.rows >= expected.count)
    let kinds = Set(run.findings.values.map(\.finding.type))
    #expect(kinds.isSuperset(of: ["package_vulnerability", "code", "config"] + (seed == 1 ? ["license"] : [])))
    #expect(try await world.complaints() == [])
  }

  private func expectFields(of finding: Finding, _ issue: Truth.Finding, _ project: Truth.Project, _ repository: RepositoryID?) {
    #expect(finding.repositoryID == repository)
    #expect(finding.projectID.rawValue == project.project)
    #expect(finding.issueID.rawValue == issue.id && finding.issueKey == issue.key)
    #expect((finding.targetFile ?? "") == project.targetFile)
    #expect(finding.type == issue.type && finding.title == issue.title)
    #expect(finding.severity?.rawValue == issue.severity)
    #expect(finding.package == issue.package && finding.version == issue.version, "\(issue.type)")
    #expect(finding.status.rawValue == issue.status && finding.ignored == issue.ignored)
    #expect(finding.fixedIn == (issue.status == "open" ? issue.fixedIn : nil), "\(issue.type) \(issue.key)")
    #expect(finding.fixAvailable == (issue.fixedIn != nil))
    #expect(finding.createdAt.map(ISO8601Time.format) == issue.created)
    #expect(finding.resolvedAt.map(ISO8601Time.format) == issue.resolved)
    #expect(finding.updatedAt.map(ISO8601Time.format) == issue.resolved ?? issue.created)
  }
}
