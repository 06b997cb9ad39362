/// The rules that ask for approvals of some paths, each with the paths it decides about.
struct AskedRules {
  struct Asked {
    var decision: OwnershipDecision
    var paths: [String]
  }

  private(set) var rules: [Asked] = []

  init(file: CodeOwnersFile, paths: some Sequence<String>) {
    let decided = DecidedPaths(file, paths: paths)
    var places: [Int: Int] = [:]
    for (path, position) in zip(decided.paths, decided.positions) {
      for decision in decided.answers[position] where !decision.owners.isEmpty {
        let place = places[decision.rule.line] ?? rules.count
        places[decision.rule.line] = place
        if place == rules.count { rules.append(Asked(decision: decision, paths: [])) }
        rules[place].paths.append(path)
      }
    }
    rules.sort { $0.decision.rule.line < $1.decision.rule.line }
  }
}
