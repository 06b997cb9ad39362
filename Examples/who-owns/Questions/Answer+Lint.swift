import KoalrCore

extension Answer {
  /// What is wrong with the file.
  static func lint(_ subject: Subject) -> Answer {
    let findings = CodeOwnersLint.findings(
      in: subject.rules.file, path: subject.rules.repositoryPath, paths: subject.paths, directory: subject.directory
    ).map { $0.inBytes(of: subject.rules.file) }
    return Answer(
      name: "lint", heading: "\(subject.rules.path): \(findings.isEmpty ? "nothing to mend" : count(findings.count, "finding"))",
      lines: findings.map(\.description), json: .list(findings.map(JSONValue.init)), isFinding: !findings.isEmpty)
  }
}

extension CodeOwnersFinding {
  fileprivate func inBytes(of file: CodeOwnersFile) -> Self {
    var finding = self
    finding.column = file.byteColumn(column, ofLine: line)
    return finding
  }
}

extension CodeOwnersFile {
  /// The column that a column of a line has on the disk, where a byte that is not UTF-8 is one byte.
  func byteColumn(_ column: Int, ofLine line: Int) -> Int {
    AnyBytes.restored(Array(lines[line - 1].text.utf8.prefix(column - 1))).count + 1
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
