/// Which lines a repair changes, removes and adds.
struct RepairPlan {
  private let file: CodeOwnersFile
  private let rules: [Int: CodeOwnersRule]
  /// All paths, sorted.
  let paths: [String]
  private let known: Set<String>
  /// By the number of the line from 0; `nil` removes it.
  private(set) var lines: [Int: [UInt8]?] = [:]
  private var newRules: [NewRule] = []
  private var unmet: [UnmetSuggestion] = []
  /// Rules that match no file and stay.
  private(set) var keptDeadRules: [CodeOwnersRule] = []
  /// The files that get rules of their own.
  private var claimed: [String: OwnerSuggestion] = [:]

  private struct NewRule {
    var text: String
    var paths: [String]
  }

  init(file: CodeOwnersFile, paths: some Sequence<String>) {
    self.file = file
    known = Set(paths)
    self.paths = known.sorted()
    rules = Dictionary(file.rules.map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func removeDeadRules() {
    let dead = Set(RuleUsage(file, paths: paths).dead)
    let needed = sections(changedByRemoving: dead)
    for rule in dead.sorted().map({ file.rules[$0] }) {
      if needed.contains(rule.section) { keptDeadRules.append(rule) } else { lines[rule.line - 1] = .some(nil) }
    }
  }

  /// The sections that live on as optional ones, or the other way round: one is optional when all of its rules are, also those
  /// that match nothing.
  private func sections(changedByRemoving dead: Set<Int>) -> Set<Int?> {
    guard !file.sections.isEmpty else { return [] }
    let removed = Dictionary(uniqueKeysWithValues: dead.map { (file.rules[$0].line - 1, [UInt8]?.none) })
    let rest = CodeOwnersParser(dialect: file.dialect).parse(bytes: LineScript(file.bytes, replacing: removed).result).sections
    let isOptional = Dictionary(rest.map { ($0.name.lowercased(), $0.isOptional) }, uniquingKeysWith: { first, _ in first })
    let alive = Set(file.rules.indices.filter { !dead.contains($0) }.map { file.rules[$0].section })
    return alive.filter { index in
      guard let section = index.map({ file.sections[$0] }) else { return false }
      return isOptional[section.name.lowercased()] != section.isOptional
    }
  }

  mutating func follow(_ suggestion: OwnerSuggestion) {
    guard !suggestion.owners.isEmpty, suggestion.owners.allSatisfy(isWritable) else {
      return refuse(suggestion, "an owner cannot be written into the file, or none is named")
    }
    switch suggestion.target {
    case .rule(let line): replaceOwners(line, suggestion)
    case .paths(let meant): addRules(Set(meant).sorted(), suggestion)
    }
  }

  private mutating func replaceOwners(_ line: Int, _ suggestion: OwnerSuggestion) {
    guard let rule = rules[line], !rule.isExclusion else { return refuse(suggestion, "line \(line) is not a rule with owners") }
    guard lines[line - 1] == nil else {
      return refuse(suggestion, "line \(line) matches no file, or is changed by an earlier suggestion")
    }
    let bytes = Array(file.lineBytes(line))
    let pattern = RuleWords.pattern(of: rule, in: bytes[...])
    let places = RuleWords.places(of: rule.owners, in: bytes[...], from: pattern.upperBound)
    let names = Array(suggestion.owners.map(\.text).joined(separator: " ").utf8)
    if let first = places.first, let last = places.last {
      lines[line - 1] = bytes[..<first.lowerBound] + names + bytes[last.upperBound...]
    } else {
      lines[line - 1] = bytes[..<pattern.upperBound] + [0x20] + names + bytes[pattern.upperBound...]
    }
  }

  private mutating func addRules(_ meant: [String], _ suggestion: OwnerSuggestion) {
    let taken = meant.filter { claimed[$0] != nil || !known.contains($0) }
    if !taken.isEmpty { refuse(suggestion, "not a file of the repository, or an earlier suggestion is about it", taken) }
    let free = meant.filter { claimed[$0] == nil && known.contains($0) }
    let patterns = ExactPatterns(for: free, of: paths, dialect: file.dialect)
    if !patterns.unmatched.isEmpty { refuse(suggestion, "no pattern matches these files alone", patterns.unmatched) }
    let names = suggestion.owners.map(\.text).joined(separator: " ")
    for part in patterns.parts {
      newRules.append(NewRule(text: "\(part.pattern) \(names)", paths: part.paths))
      for path in part.paths { claimed[path] = suggestion }
    }
  }

  private mutating func refuse(_ suggestion: OwnerSuggestion, _ reason: String, _ paths: [String] = []) {
    unmet.append(UnmetSuggestion(suggestion: suggestion, paths: paths, reason: reason))
  }

  private func isWritable(_ owner: Owner) -> Bool {
    CodeOwnersParser(dialect: file.dialect).parse("* \(owner.text)").rules.first?.owners == [owner]
  }

  /// Where new rules go, as a number of a line from 0: the end, or behind the rules before the first header.
  var place: Int {
    let all = file.lines
    guard let header = all.firstIndex(where: { if case .section = $0.content { true } else { false } }) else { return all.count }
    let last = all[..<header].lastIndex { if case .rule = $0.content { true } else { false } }
    // A comment right above the header belongs to it.
    return last.map { $0 + 1 } ?? all[..<header].lastIndex { $0.content != .comment }.map { $0 + 1 } ?? 0
  }

  /// The repair as it stands.
  var script: LineScript {
    LineScript(file.bytes, replacing: lines, inserting: (place, newRules.map { Array($0.text.utf8) }))
  }

  /// What could not be done, in the order of the suggestions.
  func unmet(in suggestions: [OwnerSuggestion]) -> [UnmetSuggestion] {
    let places = Dictionary(zip(suggestions, suggestions.indices), uniquingKeysWith: { first, _ in first })
    return unmet.enumerated().sorted { left, right in
      (places[left.element.suggestion] ?? 0, left.offset) < (places[right.element.suggestion] ?? 0, right.offset)
    }.map(\.element)
  }

  /// Takes new rules back that decide nothing in the repaired file, because something else in it does.
  mutating func withdrawMissed(from repaired: CodeOwnersFile) {
    let missed = claimed.filter { path, suggestion in
      !repaired.decisions(for: path).contains { Set($0.owners) == Set(suggestion.owners) }
    }
    for (suggestion, paths) in Dictionary(grouping: missed.keys.sorted(), by: { missed[$0] }) {
      if let suggestion { refuse(suggestion, "another line of the file still decides", paths) }
    }
    newRules.removeAll { $0.paths.allSatisfy { missed[$0] != nil } }
  }
}
