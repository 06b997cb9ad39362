import Foundation

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

  /// Compares current coverage with its trend, of those repositories that the service lists.
  mutating func compareCoverage(listed: Set<String>) {
    for repository in truth.repositories where listed.contains(repository.name) {
      guard let coverage = repository.coverage, let sha = coverage.sha, let expected = coverage.totals else { continue }
      let key = "\(truth.org)/\(repository.name)@\(sha)"
      guard let value = store["coverage"][key] else {
        differences.append("coverage \(key) is missing")
        continue
      }
      expect("\(key) coverage", "\(value.int("hits") ?? -1)/\(value.int("lines") ?? -1)", "\(expected.hits)/\(expected.lines)")
      expectClose("\(key) percent", value.double("percent"), expected.coverage)
      let trend = value.list("trend") ?? []
      let days = coverage.trend.map(\.day)
      expect("\(key) trend days", trend.compactMap { $0["day"] }.filter(days.contains), days)
      for point in coverage.trend {
        expectClose("\(key) trend of \(point.day)", trend.first { $0["day"] == point.day }?.double("percent"), point.avg)
      }
    }
  }

  /// Compares every finding that is open, or was resolved in the window.
  mutating func compareFindings() {
    for project in truth.repositories.flatMap({ one in one.security.map { (one, $0) } }) {
      for finding in project.1.issues where finding.status == "open" {
        let kind = finding.type == "license" ? "licenseIssue" : "vulnerability"
        let key = "\(project.1.project):\(finding.id)"
        guard let value = store[kind][key] else {
          differences.append("\(kind) \(key) of \(project.0.name) is missing")
          continue
        }
        expect("\(key) repository", value["repository"], "\(truth.org)/\(project.0.name)")
        expect("\(key) issue key", value["issueKey"], finding.key)
        expect("\(key) package", value["package"], finding.type == "code" || finding.type == "config" ? nil : finding.package)
        expect("\(key) version", value["version"], finding.version)
        expect("\(key) CVE", value["cve"], finding.cve)
        expectClose("\(key) CVSS", value.double("cvss"), finding.score)
        expect("\(key) severity", value["severity"], finding.severity)
        expect("\(key) status", value["status"], finding.status)
        expect("\(key) ignored", value.bool("ignored"), finding.ignored)
        expect("\(key) fixed in", value["fixedIn"], finding.fixedIn)
      }
    }
  }
}
