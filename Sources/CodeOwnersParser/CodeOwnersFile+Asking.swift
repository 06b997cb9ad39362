extension CodeOwnersFile {
  /// Returns what the file says about a path, relative to the repository and without a leading slash. Case matters.
  ///
  /// In a dialect with sections it is the union over all of them, each owner once, with the line of the first that names owners.
  public func owners(of path: String) -> Ownership {
    if let soleMatcher { return ownership(ofRule: soleMatcher.lastMatch(for: path)) }
    let rules = decidingRules(for: path)
    guard let first = rules.first else { return .noRule }
    if rules.count == 1 { return ownership(ofRule: first) }
    var known: Set<Owner> = []
    let owners = rules.flatMap(contents.table.decidingOwners).filter { known.insert($0).inserted }
    let decider = rules.first { !contents.table.decidingOwners(of: $0).isEmpty } ?? first
    let line = Int(contents.table[decider].line)
    return owners.isEmpty ? .unowned(line: line) : .owned(owners, line: line)
  }

  /// Returns the rule that decides about a path, or `nil` when none matches; with sections, that of the first that has one.
  public func rule(for path: String) -> CodeOwnersRule? { ruleIndex(for: path).map { rules[$0] } }

  /// Returns the index into ``rules`` of the rule that decides about a path. The cheapest question: it makes no values.
  public func ruleIndex(for path: String) -> Int? {
    if let soleMatcher { return soleMatcher.lastMatch(for: path) }
    return decidingRules(for: path).first
  }

  /// Returns what each section that says something decides, in the order of the file; without sections at most one.
  public func decisions(for path: String) -> [OwnershipDecision] { decidingRules(for: path).map(decision) }

  /// Returns every rule that matches a path, in the order of the file, also those that lose.
  public func matches(of path: String) -> [CodeOwnersRule] { matchingRules(for: path).map { rules[$0] } }

  /// Returns why a path is owned by whom.
  public func explanation(of path: String) -> OwnershipExplanation {
    let matches = Dictionary(grouping: matchingRules(for: path).filter { !contents.table[$0].isExclusion }) {
      contents.table.section(of: $0)
    }
    return OwnershipExplanation(
      path: path,
      parts: decidingRules(for: path).map { winner in
        let shadowed = matches[contents.table.section(of: winner), default: []].filter { $0 != winner }.reversed()
        return OwnershipExplanation.Part(
          decision: decision(winner), shadowed: shadowed.map { rules[$0] },
          shadowedOwners: shadowed.map(contents.table.decidingOwners))
      })
  }

  func ownership(ofRule index: Int?) -> Ownership {
    guard let index else { return .noRule }
    let (line, owners) = (Int(contents.table[index].line), contents.table.decidingOwners(of: index))
    return owners.isEmpty ? .unowned(line: line) : .owned(owners, line: line)
  }

  /// The rule of each section that says something, in the order of the file.
  func decidingRules(for path: String) -> [Int] {
    if let soleMatcher { return soleMatcher.lastMatch(for: path).map { [$0] } ?? [] }
    return contents.sectionedMatcher?.decidingRules(for: path, contents.table) ?? []
  }

  private func matchingRules(for path: String) -> [Int] {
    contents.matcher?.matches(of: path) ?? contents.sectionedMatcher?.matches(of: path) ?? []
  }

  private func decision(_ index: Int) -> OwnershipDecision {
    let owners = contents.table.decidingOwners(of: index)
    guard let header = contents.table.header(of: index) else {
      return OwnershipDecision(
        section: nil, rule: rules[index], owners: owners, approvals: owners.isEmpty ? 0 : 1, isOptional: dialect.onlySuggests)
    }
    let section = sections[Int(header.section)]
    return OwnershipDecision(
      section: section, rule: rules[index], owners: owners, approvals: Int(header.approvals), isOptional: section.isOptional)
  }
}
