/// Finds for a rule one that always counts in its stead: a later rule, or an exclusion, of its section that provably matches all
/// that it matches.
struct ShadowProof {
  /// How many rules are tried for one.
  static let maximumCandidates = 64

  let file: CodeOwnersFile

  /// Looks first at one path that the rule matches: if the rule decides there, it is not shadowed, which is the fate of most. So
  /// the cost is a look-up, and a proof for each rule that may be in the way otherwise.
  func cover(of rule: CodeOwnersRule) -> CodeOwnersRule? {
    guard let row = PatternRow(rule.pattern, file.dialect), let witness = row.witness else { return nil }
    let winner = file.decisions(for: witness).first { $0.rule.section == rule.section }?.rule
    guard rule.isExclusion || winner?.line != rule.line else { return nil }
    let others = file.matches(of: witness).filter { isInTheWay($0, of: rule, winner: winner) }
    return others.suffix(Self.maximumCandidates).last { PatternRow($0.pattern, file.dialect)?.covers(row) == true }
  }

  /// Whether a rule that matches the same path counts in the other one's stead wherever both match.
  private func isInTheWay(_ other: CodeOwnersRule, of rule: CodeOwnersRule, winner: CodeOwnersRule?) -> Bool {
    guard other.section == rule.section, other.line != rule.line else { return false }
    if rule.isExclusion { return other.isExclusion && other.line > rule.line }
    // In sections a repeated pattern keeps its first place, so that only the rule that won is known to be the later one.
    return other.isExclusion || (file.sections.isEmpty ? other.line > rule.line : other.line == winner?.line)
  }
}
