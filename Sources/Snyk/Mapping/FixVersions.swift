/// The versions that mend a project's problems, by the name of the problem and the version in use.
struct FixVersions: Sendable, Hashable {
  private var versions: [String: String] = [:]

  /// Takes them out of a project's open problems.
  init(_ wire: AggregatedIssuesWire) {
    for issue in wire.issues {
      guard let id = issue.id, let fix = issue.fixInfo.flatMap(Self.text) else { continue }
      for version in issue.pkgVersions ?? [] { versions[Self.key(id, version)] = fix }
      versions[id] = fix
    }
  }

  /// Returns the version that mends a problem.
  subscript(issueKey: String, version: String?) -> String? {
    version.flatMap { versions[Self.key(issueKey, $0)] } ?? versions[issueKey]
  }

  /// The nearest one; where Snyk does not choose, all of them, one for each line of releases.
  private static func text(_ fix: AggregatedIssuesWire.FixInfo) -> String? {
    if let nearest = fix.nearestFixedInVersion, !nearest.isEmpty { return nearest }
    let all = (fix.fixedIn ?? []).filter { !$0.isEmpty }
    return all.isEmpty ? nil : all.joined(separator: ", ")
  }

  private static func key(_ issue: String, _ version: String) -> String { "\(issue)@\(version)" }
}
