import KoalrDomain

/// Joins what the host finds wrong with what was found here, so that nothing is told twice.
struct HostErrorJoin {
  private let file: CodeOwnersFile
  private var findings: [CodeOwnersFinding]

  init(file: CodeOwnersFile, findings: [CodeOwnersFinding]) {
    self.file = file
    self.findings = findings
  }

  func joined(with errors: [CodeOwnersError]) -> [CodeOwnersFinding] {
    var joined = findings
    let places = Dictionary(grouping: findings.indices) { findings[$0].line }
    for error in errors {
      if let place = places[error.line]?.first(where: { isSame(findings[$0], error) }) {
        joined[place].source = .both
      } else {
        joined.append(finding(error))
      }
    }
    return joined
  }

  /// What is wrong with a pattern is wrong once a line; owners are told apart by their columns.
  private func isSame(_ finding: CodeOwnersFinding, _ error: CodeOwnersError) -> Bool {
    let kind = error.kind.lowercased()
    if Self.patternRules.contains(finding.rule) { return kind == "invalid pattern" }
    let isOwner =
      kind == "unknown owner" && Self.unknownOwnerRules.contains(finding.rule)
      || kind == "invalid owner" && finding.rule == Self.invalidOwner
    guard isOwner, let column = error.column else { return isOwner }
    return column == finding.column || column == characterColumn(of: finding)
  }

  /// Hosts do not say whether they count bytes or characters.
  private func characterColumn(of finding: CodeOwnersFinding) -> Int {
    String(decoding: file.lineBytes(finding.line).prefix(finding.column - 1), as: UTF8.self).count + 1
  }

  private func finding(_ error: CodeOwnersError) -> CodeOwnersFinding {
    CodeOwnersFinding(
      rule: .hostError, severity: .error, line: error.line, column: error.column ?? 1,
      message: "\(file.dialect) reports \"\(error.kind)\"", advice: error.suggestion ?? "look at the line at the host",
      source: .host)
  }

  private static let invalidOwner = rule(.invalidOwner)
  private static let patternRules: Set = [rule(.invalidPattern), rule(.neverMatches)]
  private static let unknownOwnerRules: Set<CodeOwnersFinding.Rule> = [.unknownOwner, .ownerWithoutAccess, .departedOwner]

  private static func rule(_ kind: CodeOwnersDiagnostic.Kind) -> CodeOwnersFinding.Rule {
    CodeOwnersFinding.Rule(rawValue: kind.rawValue)
  }
}
