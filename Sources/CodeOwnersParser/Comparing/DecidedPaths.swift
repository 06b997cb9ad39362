/// What a file decides about many paths, each different answer made once.
struct DecidedPaths {
  /// The paths, sorted, each once.
  let paths: [String]
  /// The answers that occur.
  private(set) var answers: [[OwnershipDecision]] = []
  /// For each path the position of its answer.
  private(set) var positions: [Int] = []

  init(_ file: CodeOwnersFile, paths: some Sequence<String>) { self.init(file, sorted: Set(paths).sorted()) }

  init(_ file: CodeOwnersFile, sorted paths: [String]) {
    self.paths = paths
    positions.reserveCapacity(paths.count)
    if file.sections.isEmpty { readRules(of: file) } else { readSections(of: file) }
  }

  /// Without sections one rule decides, so a batch of look-ups says all.
  private mutating func readRules(of file: CodeOwnersFile) {
    var known: [Int?: Int] = [:]
    for (path, rule) in zip(paths, file.ruleIndices(ofSorted: paths)) {
      positions.append(position(of: rule, in: &known) { file.decisions(for: path) })
    }
  }

  private mutating func readSections(of file: CodeOwnersFile) {
    var known: [[Int]: Int] = [:]
    for path in paths {
      let rules = file.decidingRules(for: path)
      positions.append(position(of: rules, in: &known) { file.decisions(for: path) })
    }
  }

  private mutating func position<Key: Hashable>(
    of key: Key, in known: inout [Key: Int], answer: () -> [OwnershipDecision]
  ) -> Int {
    if let position = known[key] { return position }
    known[key] = answers.count
    answers.append(answer())
    return answers.count - 1
  }
}
