/// Which lines a repair changes, removes and adds.
struct RepairPlan {
  private let file: CodeOwnersFile
  private let rules: [Int: CodeOwnersRule]
  /// All paths, sorted.
  let paths: [String]
  private let known: Set<String>
  /// By the number of the line from 0; `nil` removes it.
  private(set) var lines: [Int: [UInt8]?] = [:]
  private(set) var newLines: [[UInt8]] = []
  private(set) var unmet: [UnmetSuggestion] = []
  /// The files that get rules of their own.
  private var claimed: [String: OwnerSuggestion] = [:]

  init(file: CodeOwnersFile, paths: some Sequence<String>) {
    self.file = file
    known = Set(paths)
    self.paths = known.sorted()
    rules = Dictionary(file.rules.map { ($0.line, $0) }, uniquingKeysWith: { first, _ in first })
  }

  mutating func removeDeadRules() {
    for index in RuleUsage(file, paths: paths).dead { lines[file.rules[index].line - 1] = .some(nil) }
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
    let words = RuleWords(rule, in: bytes)
    let names = Array(suggestion.owners.map(\.text).joined(separator: " ").utf8)
    if let first = words.owners.first, let last = words.owners.last {
      lines[line - 1] = bytes[..<first.lowerBound] + names + bytes[last.upperBound...]
    } else {
      lines[line - 1] = bytes[..<words.pattern.upperBound] + [0x20] + names + bytes[words.pattern.upperBound...]
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
      newLines.append(Array("\(part.pattern) \(names)".utf8))
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

  /// What the repaired file does not do all the same, because something else in it decides.
  func missed(by repaired: CodeOwnersFile) -> [UnmetSuggestion] {
    let missed = claimed.filter { path, suggestion in
      !repaired.decisions(for: path).contains { Set($0.owners) == Set(suggestion.owners) }
    }
    return Dictionary(grouping: missed.keys) { missed[$0] }.compactMap { suggestion, paths in
      suggestion.map { UnmetSuggestion(suggestion: $0, paths: paths.sorted(), reason: "another line of the file still decides") }
    }.sorted { $0.paths.lexicographicallyPrecedes($1.paths) }
  }
}
