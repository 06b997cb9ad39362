/// The compiled rules of all sections of a file: one walk over a path finds what each of them says.
struct SectionedMatcher: Sendable {
  /// The rules that own, without those that repeat the pattern of an earlier one in their section.
  let rules: PatternMatcher
  /// What sections leave out.
  let exclusions: PatternMatcher?
  /// The rules that repeat a pattern, by the first that has it; the last of them decides in its place.
  let repetitions: [Int: [Int]]

  /// The rule that decides in each section that says something, in the order of the sections.
  func decidingRules(for path: String, _ table: RuleTable) -> [Int] {
    var deciding = latestRules(for: path, in: rules, table)
    if let exclusions, !deciding.isEmpty {
      let excluded = Set(latestRules(for: path, in: exclusions, table).map(\.section))
      deciding.removeAll { excluded.contains($0.section) }
    }
    return deciding.map { repetitions.isEmpty ? $0.rule : repetitions[$0.rule]?.last ?? $0.rule }
  }

  /// Every rule that matches, exclusions too.
  func matches(of path: String) -> [Int] {
    let matches = rules.matches(of: path)
    return (matches + matches.flatMap { repetitions[$0] ?? [] } + (exclusions?.matches(of: path) ?? [])).sorted()
  }

  private func latestRules(for path: String, in matcher: PatternMatcher, _ table: RuleTable) -> [SectionRule] {
    var matches: [SectionRule] = []
    matcher.forEachMatch(of: path) { matches.append(SectionRule(section: table.section(of: Int($0)), rule: Int($0))) }
    matches.sort()
    var count = 0
    for match in matches {
      if count > 0, matches[count - 1].section == match.section { count -= 1 }
      matches[count] = match
      count += 1
    }
    return Array(matches.prefix(count))
  }
}

/// A rule of a section; sorted by section, then as in the file.
private struct SectionRule: Comparable {
  /// The section in the upper half, the rule in the lower.
  private let number: UInt64

  init(section: Int, rule: Int) { number = UInt64(section) << 32 | UInt64(rule) }

  var section: Int { Int(number >> 32) }
  var rule: Int { Int(number & 0xFFFF_FFFF) }

  static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}
