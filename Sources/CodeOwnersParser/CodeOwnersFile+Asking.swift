extension CodeOwnersFile {
  /// Returns what the file says about a path, relative to the repository and without a leading slash. Case matters.
  ///
  /// In a dialect with sections it is the union over all of them, with the line of the first that names owners.
  public func owners(of path: String) -> Ownership {
    if let soleMatcher { return ownership(ofRule: soleMatcher.use { $0.lastMatch(for: path) }) }
    let decisions = decisions(for: path)
    guard let first = decisions.first else { return .noRule }
    var owners: [Owner] = []
    for owner in decisions.flatMap(\.owners) where !owners.contains(owner) { owners.append(owner) }
    let line = decisions.first { !$0.owners.isEmpty }?.rule.line
    return line.map { .owned(owners, line: $0) } ?? .unowned(line: first.rule.line)
  }

  /// Returns the rule that decides about a path, or `nil` when none matches; with sections, that of the first that has one.
  public func rule(for path: String) -> CodeOwnersRule? { ruleIndex(for: path).map { rules[$0] } }

  /// Returns the index into ``rules`` of the rule that decides about a path. The cheapest question: it makes no values.
  public func ruleIndex(for path: String) -> Int? {
    if let soleMatcher { return soleMatcher.use { $0.lastMatch(for: path) } }
    for matcher in contents.matchers {
      if let rule = matcher.rule(for: path) { return rule }
    }
    return nil
  }

  /// Returns what each section that says something decides, in the order of the file; without sections at most one.
  public func decisions(for path: String) -> [OwnershipDecision] {
    contents.matchers.compactMap { matcher in matcher.rule(for: path).map { decision(matcher, rule: $0) } }
  }

  /// Returns every rule that matches a path, in the order of the file, also those that lose.
  public func matches(of path: String) -> [CodeOwnersRule] {
    contents.matchers.flatMap { $0.matches(of: path) }.sorted().map { rules[$0] }
  }

  /// Returns why a path is owned by whom.
  public func explanation(of path: String) -> OwnershipExplanation {
    OwnershipExplanation(
      path: path,
      parts: contents.matchers.compactMap { matcher in
        guard let winner = matcher.rule(for: path) else { return nil }
        let shadowed = matcher.matches(of: path).filter { $0 != winner && !rules[$0].isExclusion }
        return OwnershipExplanation.Part(
          decision: decision(matcher, rule: winner), shadowed: shadowed.reversed().map { rules[$0] })
      })
  }

  func ownership(ofRule index: Int?) -> Ownership {
    guard let index else { return .noRule }
    let (line, owners) = (Int(contents.table[index].line), contents.table.owners(of: index))
    return owners.isEmpty ? .unowned(line: line) : .owned(owners, line: line)
  }

  private func decision(_ matcher: SectionMatcher, rule index: Int) -> OwnershipDecision {
    let rule = rules[index]
    let section = matcher.section.map { sections[$0] }
    let owners = rule.owners.isEmpty ? section?.defaultOwners ?? [] : rule.owners
    return OwnershipDecision(
      section: section, rule: rule, owners: owners, approvals: owners.isEmpty ? 0 : section?.approvals ?? 1,
      isOptional: section?.isOptional ?? false)
  }
}

extension SectionMatcher {
  /// The rule that decides in this section.
  func rule(for path: String) -> Int? {
    guard let rule = rules.lastMatch(for: path) else { return nil }
    return exclusions?.lastMatch(for: path) == nil ? rule : nil
  }

  /// Every rule that matches, exclusions too.
  func matches(of path: String) -> [Int] { (rules.matches(of: path) + (exclusions?.matches(of: path) ?? [])).sorted() }
}
