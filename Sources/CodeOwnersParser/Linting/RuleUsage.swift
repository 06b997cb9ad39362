/// Which rules of a file matter to some paths.
struct RuleUsage {
  /// For each rule, whether it decides about a path. An exclusion does where it matches.
  private(set) var decides: [Bool]
  /// For each rule, whether it matches a path.
  private(set) var matches: [Bool]

  /// Looks at every path; costs a look-up each, and all its matches where rules are left that decide nothing.
  init(_ file: CodeOwnersFile, paths: some Sequence<String>) {
    let lines = file.rules.map(\.line)
    let places = Dictionary(zip(lines, lines.indices), uniquingKeysWith: { first, _ in first })
    decides = Array(repeating: false, count: lines.count)
    let decided = DecidedPaths(file, paths: paths)
    for decision in decided.answers.joined() {
      if let place = places[decision.rule.line] { decides[place] = true }
    }
    matches = decides
    var left = matches.count { !$0 }
    for path in decided.paths where left > 0 {
      for rule in file.matches(of: path) {
        guard let place = places[rule.line], !matches[place] else { continue }
        matches[place] = true
        if rule.isExclusion { decides[place] = true }
        left -= 1
      }
    }
  }

  /// The positions of the rules that match nothing.
  var dead: [Int] { matches.indices.filter { !matches[$0] } }
}
