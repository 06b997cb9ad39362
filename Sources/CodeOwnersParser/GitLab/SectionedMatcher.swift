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
    let matches = rules.matches(of: path)
    guard !matches.isEmpty else { return [] }
    let excluded = Set(exclusions?.matches(of: path).map(table.section) ?? [])
    let bySection = matches.map { (table.section(of: $0), $0) }.sorted { $0 < $1 }
    var deciding: [(section: Int, rule: Int)] = []
    for (section, rule) in bySection where !excluded.contains(section) {
      if deciding.last?.section == section { deciding.removeLast() }
      deciding.append((section, rule))
    }
    return deciding.map { repetitions[$0.rule]?.last ?? $0.rule }
  }

  /// Every rule that matches, exclusions too.
  func matches(of path: String) -> [Int] {
    let matches = rules.matches(of: path)
    return (matches + matches.flatMap { repetitions[$0] ?? [] } + (exclusions?.matches(of: path) ?? [])).sorted()
  }
}
