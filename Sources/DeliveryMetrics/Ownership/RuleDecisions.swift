import KoalrCodeOwnersParser

/// The rules with owners that decide about some paths; each path is looked up once.
struct RuleDecisions {
  struct Decided {
    var rule: CodeOwnersRule
    var section: CodeOwnersSection?
    /// The rule's owners, or those of its section.
    var owners: [Owner]

    var namingEachOnce: Self {
      var seen: Set<Owner> = []
      return Self(rule: rule, section: section, owners: owners.filter { seen.insert($0).inserted })
    }
  }

  private(set) var rules: [Decided] = []
  private var decided: [Int32] = []
  private var starts = [0]
  /// By what tells the rules of a file apart; `nil` for one without owners.
  private var placeOfRule: [Int: Int?] = [:]

  /// - Parameter paths: In the order of their bytes.
  init(_ file: CodeOwnersFile, paths: [String]) {
    if file.sections.isEmpty {
      for index in file.ruleIndices(ofSorted: paths) {
        if let index { note(index) { Decided(rule: file.rules[index], owners: file.rules[index].owners) } }
        starts.append(decided.count)
      }
    } else {
      for path in paths {
        for decision in file.decisions(for: path) {
          note(decision.rule.line) { Decided(rule: decision.rule, section: decision.section, owners: decision.owners) }
        }
        starts.append(decided.count)
      }
    }
  }

  /// The places in ``rules`` of what decides about a path: one for each section at most.
  func places(of path: PathID) -> ArraySlice<Int32> { decided[starts[Int(path)]..<starts[Int(path) + 1]] }

  private mutating func note(_ key: Int, _ rule: () -> Decided) {
    guard let place = placeOfRule[key] ?? add(key, rule()) else { return }
    decided.append(Int32(place))
  }

  private mutating func add(_ key: Int, _ rule: Decided) -> Int? {
    let place = rule.owners.isEmpty ? nil : rules.count
    placeOfRule[key] = .some(place)
    if place != nil { rules.append(rule.namingEachOnce) }
    return place
  }
}
