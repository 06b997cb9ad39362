import KoalrCore

extension Answer {
  /// What is wrong with the file.
  static func lint(_ subject: Subject) -> Answer {
    let findings = CodeOwnersLint.findings(
      in: subject.rules.file, path: subject.rules.repositoryPath, paths: subject.paths, directory: subject.directory)
    return Answer(
      name: "lint", heading: "\(subject.rules.path): \(findings.isEmpty ? "nothing to mend" : count(findings.count, "finding"))",
      lines: findings.map(\.description), json: .list(findings.map(JSONValue.init)), isFinding: !findings.isEmpty)
  }
}

extension JSONValue {
  fileprivate init(_ finding: CodeOwnersFinding) {
    self = .object([
      ("rule", .text(finding.rule.rawValue)), ("severity", .text(finding.severity.rawValue)), ("line", .number(finding.line)),
      ("column", .number(finding.column)), ("message", .text(finding.message)), ("advice", .text(finding.advice)),
    ])
  }
}
