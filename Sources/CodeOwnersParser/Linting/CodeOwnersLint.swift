public import KoalrDomain

/// Finds what is wrong, dead or doubtful in a CODEOWNERS file.
///
/// ```swift
/// for finding in CodeOwnersLint.findings(in: file, path: ".github/CODEOWNERS", paths: paths, directory: people) {
///   print(finding)      // line 9, column 7: error: @zoe has left (departed-owner); name somebody who is there
/// }
/// ```
///
/// Nothing is claimed that is not known: an owner whom the directory does not know is passed over, and a rule is called shadowed
/// only when a later one provably matches everything that it matches, or when that is so for every given path.
public enum CodeOwnersLint {
  /// Returns what there is to mend, by line and column.
  ///
  /// Costs the file, a look-up for each path, and all matches of each path when there are rules that decide about none. Proofs about
  /// rules have a budget, counted in steps, that ordinary files of any size stay below; where it is spent, a note says from which
  /// rule on nothing was proven (``CodeOwnersFinding/Rule/unprovenRules``).
  ///
  /// - Parameters:
  ///   - file: The file to look through.
  ///   - path: Where the file lies in the repository; `nil` leaves out what depends on it.
  ///   - paths: All files of the repository; `nil` leaves out what depends on them.
  ///   - directory: Tells who exists and may write.
  ///   - hostErrors: What the host finds wrong; what both find is one finding.
  public static func findings(
    in file: CodeOwnersFile, path: String? = nil, paths: [String]? = nil, directory: OwnerDirectory = OwnerDirectory(),
    hostErrors: [CodeOwnersError]? = nil
  ) -> [CodeOwnersFinding] {
    var findings = file.diagnostics.map { CodeOwnersFinding($0) }
    findings += OwnerLint(file: file, directory: directory).findings
    findings += RuleLint(file: file, usage: paths.map { RuleUsage(file, paths: $0) }).findings
    if let path { findings += LocationLint(dialect: file.dialect, path: path, paths: paths ?? []).findings }
    return HostErrorJoin(file: file, findings: findings).joined(with: hostErrors ?? []).sorted()
  }
}

extension CodeOwnersFinding {
  fileprivate init(_ diagnostic: CodeOwnersDiagnostic) {
    self.init(
      rule: Rule(rawValue: diagnostic.kind.rawValue), severity: diagnostic.effect == .note ? .warning : .error,
      line: diagnostic.line, column: diagnostic.column, message: diagnostic.reason,
      advice: diagnostic.advice ?? "mend the line or remove it")
  }
}
