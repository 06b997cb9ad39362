/// Rules that count for nothing: written twice, shadowed, dead. A rule is told once, for the first of these reasons.
struct RuleLint {
  private let file: CodeOwnersFile
  private let rules: [CodeOwnersRule]
  private var told: Set<Int> = []
  private(set) var findings: [CodeOwnersFinding] = []

  init(file: CodeOwnersFile, usage: RuleUsage?, budget: ProofBudget = ProofBudget()) {
    self.file = file
    rules = Array(file.rules)
    // The parser says so itself.
    let silent = Set(file.diagnostics.filter { $0.kind == .neverMatches }.map(\.line))
    told = Set(rules.indices.filter { silent.contains(rules[$0].line) })
    tellDuplicates()
    tellShadowed(budget)
    if let usage { tell(usage) }
  }

  private mutating func tellDuplicates() {
    struct Key: Hashable {
      var section: Int?
      var pattern: String
      var isExclusion: Bool
    }
    var last: [Key: Int] = [:]
    for index in rules.indices.reversed() {
      let rule = rules[index]
      let key = Key(section: rule.section, pattern: rule.pattern, isExclusion: rule.isExclusion)
      guard let later = last[key] else {
        last[key] = index
        continue
      }
      tell(
        index, .duplicatePattern, "the pattern stands again on line \(rules[later].line), which counts instead",
        "remove one of the lines")
    }
  }

  private mutating func tellShadowed(_ budget: ProofBudget) {
    let proof = ShadowProof(file: file, budget: budget)
    for index in rules.indices where !told.contains(index) {
      guard let other = proof.cover(of: rules[index]) else {
        if budget.isSpent { return tellUnproven(from: index) }
        continue
      }
      let what =
        other.isExclusion ? "leaves out everything that it matches" : "matches everything that it matches, and counts instead"
      tell(
        index, .shadowedRule, "line \(other.line) \"\(other.pattern)\" \(what)",
        other.isExclusion ? "remove one of them" : "remove the line, or put it behind line \(other.line)")
    }
  }

  /// No other finding is lost with it, so it does not count as the one that is told of its rule.
  private mutating func tellUnproven(from index: Int) {
    findings.append(
      finding(
        index, .unprovenRules, .note,
        "too many rules may match the same paths, so that from here on none was compared with the others",
        "write fewer patterns that begin and end with an asterisk"))
  }

  private mutating func tell(_ usage: RuleUsage) {
    for index in rules.indices where !usage.decides[index] {
      if usage.matches[index] {
        tell(
          index, .shadowedRule, "later rules decide about every file that it matches", "remove the line, or put it behind them")
      } else {
        tell(index, .deadRule, "the pattern matches no file", "correct the pattern, or remove the line")
      }
    }
  }

  private mutating func tell(_ index: Int, _ rule: CodeOwnersFinding.Rule, _ message: String, _ advice: String) {
    if told.insert(index).inserted { findings.append(finding(index, rule, .warning, message, advice)) }
  }

  private func finding(
    _ index: Int, _ rule: CodeOwnersFinding.Rule, _ severity: CodeOwnersFinding.Severity, _ message: String, _ advice: String
  ) -> CodeOwnersFinding {
    let line = rules[index].line
    let column = RuleWords.pattern(of: rules[index], in: file.lineBytes(line)).lowerBound + 1
    return CodeOwnersFinding(rule: rule, severity: severity, line: line, column: column, message: message, advice: advice)
  }
}
