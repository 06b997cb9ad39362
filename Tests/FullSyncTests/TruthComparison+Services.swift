import Foundation
import PeerSupport

extension TruthComparison {
  /// The services add up percentages in floating point; a difference below this is none.
  private static let tolerance = 0.001

  mutating func compare(_ coverage: Truth.ChangeCoverage, key: String) {
    guard let value = store["changeCoverage"][key] else {
      differences.append("changeCoverage \(key) is missing")
      return
    }
    expect("\(key) base coverage", totals(value.object("base")), coverage.base.map { "\($0.hits)/\($0.lines)" })
    expect("\(key) head coverage", totals(value.object("head")), coverage.head.map { "\($0.hits)/\($0.lines)" })
    expectClose("\(key) delta", value.double("delta"), coverage.delta)
    let patch = coverage.patch.map { "\($0[0])/\($0.reduce(0, +))" }
    expect("\(key) patch", totals(value.object("patch")), patch)
    let files = value.list("files")?.map { "\($0["path"] ?? "-") \($0.int("hits") ?? -1)/\($0.int("lines") ?? -1)" }.sorted()
    expect("\(key) covered files", files, coverage.changedFiles?.files.map { "\($0.path) \($0.hits)/\($0.lines)" }.sorted())
    expect("\(key) untracked files", value.int("untrackedFiles"), coverage.changedFiles?.untracked)
  }

  private func totals(_ value: ExportedStore.Value?) -> String? {
    value.map { "\($0.int("hits") ?? -1)/\($0.int("lines") ?? -1)" }
  }

  private mutating func expectClose(_ what: String, _ found: Double?, _ expected: Double?) {
    switch (found, expected) {
    case (nil, nil): break
    case (let found?, let expected?) where abs(found - expected) < Self.tolerance: break
    default: expect(what, found, expected)
    }
  }

  /// Compares current coverage with its trend.
  mutating func compareCoverage(of repository: Truth.Repository) {
    guard measured.contains(repository.name), let coverage = repository.coverage, let sha = coverage.sha,
      let expected = coverage.totals
    else { return }
    let key = "\(truth.org)/\(repository.name)@\(sha)"
    guard let value = store["coverage"][key] else {
      differences.append("coverage \(key) is missing")
      return
    }
    expect("\(key) coverage", "\(value.int("hits") ?? -1)/\(value.int("lines") ?? -1)", "\(expected.hits)/\(expected.lines)")
    expectClose("\(key) percent", value.double("percent"), expected.coverage)
    let trend = value.list("trend") ?? []
    expect("\(key) trend days", trend.compactMap { $0["day"] }, coverage.trend.map(\.day))
    for point in coverage.trend {
      expectClose("\(key) trend of \(point.day)", trend.first { $0["day"] == point.day }?.double("percent"), point.avg)
    }
  }

  /// Compares every finding that is open.
  mutating func compareFindings(of repository: Truth.Repository) {
    for project in repository.security {
      for finding in project.issues where finding.status == "open" {
        compare(finding, key: "\(project.project):\(finding.id)", repository: "\(truth.org)/\(repository.name)")
      }
    }
  }

  private mutating func compare(_ finding: Truth.Finding, key: String, repository: String) {
    let kind = finding.type == "license" ? "licenseIssue" : "vulnerability"
    guard let value = store[kind][key] else {
      differences.append("\(kind) \(key) of \(repository) is missing")
      return
    }
    let hasPackage = finding.type != "code" && finding.type != "config"
    expect("\(key) repository", value["repository"], repository)
    expect("\(key) issue key", value["issueKey"], finding.key)
    expect("\(key) package", value["package"], hasPackage ? finding.package : nil)
    expect("\(key) version", value["version"], finding.version)
    expect("\(key) CVE", value["cve"], finding.cve)
    expectClose("\(key) CVSS", value.double("cvss"), finding.score)
    expect("\(key) severity", value["severity"], finding.severity)
    expect("\(key) status", value["status"], finding.status)
    expect("\(key) ignored", value.bool("ignored"), finding.ignored)
    expect("\(key) fixed in", value["fixedIn"], finding.fixedIn)
  }
}
