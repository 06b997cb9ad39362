/// Finds for a rule one that always counts in its stead: a later rule, or an exclusion, of its section that provably matches all
/// that it matches.
struct ShadowProof {
  /// How many rules are tried for one.
  static let maximumCandidates = 64
  /// A rule that matches longer paths only is left alone.
  static let maximumWitness = 4_096

  let file: CodeOwnersFile
  let budget: ProofBudget
  private let work: LookUpWork

  init(file: CodeOwnersFile, budget: ProofBudget) {
    self.file = file
    self.budget = budget
    work = LookUpWork(file)
  }

  /// Looks first at one path that the rule matches: if the rule decides there, it is not shadowed, which is the fate of most. So
  /// the cost is a look-up, and a proof for each rule that may be in the way otherwise. It is charged to the budget; once that is
  /// spent nothing is found any more.
  func cover(of rule: CodeOwnersRule) -> CodeOwnersRule? {
    guard !budget.isSpent, let row = PatternRow(rule.pattern, file.dialect), let witness = row.witness,
      witness.utf8.count <= Self.maximumWitness
    else { return nil }
    budget.charge(work.steps(of: witness))
    let winner = file.decisions(for: witness).first { $0.rule.section == rule.section }?.rule
    guard rule.isExclusion || winner?.line != rule.line else { return nil }
    let matches = file.matches(of: witness)
    budget.charge(matches.reduce(0) { $0 + 1 + $1.pattern.utf8.count / 16 })
    let others = matches.filter { isInTheWay($0, of: rule, winner: winner) }
    return others.suffix(Self.maximumCandidates).last { covers($0, row) }
  }

  private func covers(_ other: CodeOwnersRule, _ row: PatternRow) -> Bool {
    guard !budget.isSpent else { return false }
    budget.charge(other.pattern.utf8.count)
    return PatternRow(other.pattern, file.dialect)?.covers(row, budget) == true
  }

  /// Whether a rule that matches the same path counts in the other one's stead wherever both match.
  private func isInTheWay(_ other: CodeOwnersRule, of rule: CodeOwnersRule, winner: CodeOwnersRule?) -> Bool {
    guard other.section == rule.section, other.line != rule.line else { return false }
    if rule.isExclusion { return other.isExclusion && other.line > rule.line }
    // In sections a repeated pattern keeps its first place, so that only the rule that won is known to be the later one.
    return other.isExclusion || (file.sections.isEmpty ? other.line > rule.line : other.line == winner?.line)
  }
}
