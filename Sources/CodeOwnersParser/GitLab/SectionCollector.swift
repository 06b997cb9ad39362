/// Collects the rules of each section: headers of one name, in whatever case, are one section.
struct SectionCollector {
  private struct Place: Hashable {
    var section: Int
    var pattern: GitLabPattern
  }

  private var rules = PatternMatcherBuilder()
  private var exclusions: PatternMatcherBuilder?
  private var firstRules: [Place: Int] = [:]
  private var repetitions: [Int: [Int]] = [:]
  private var indices: [String: Int] = [:]
  private var sectionsWithRules: Set<Int> = []
  private var requiredSections: Set<Int> = []
  /// The terms of the last header.
  private(set) var terms: CodeOwnersSection?

  /// Begins a section, or goes on with one of the same name.
  ///
  /// - Parameter header: the line of its header, or 0 when it has none.
  mutating func begin(_ section: CodeOwnersSection, header: Int, _ contents: inout FileContents) {
    let key = section.name.lowercased()
    let index = indices[key] ?? contents.sections.count
    if index == contents.sections.count {
      indices[key] = index
      contents.sections.append(section)
    }
    if !section.isOptional { contents.sections[index].isOptional = false }
    contents.table.headers.append(
      RuleTable.Header(
        line: Int32(header), section: Int32(index), approvals: Int32(section.approvals),
        owners: contents.table.ownerLists.insert(section.defaultOwners)))
    terms = section
  }

  /// Adds a rule to the section of the last header.
  mutating func add(_ entry: RuleTable.Entry, _ pattern: GitLabPattern, _ compiled: Pattern, _ contents: inout FileContents) {
    guard let terms, let section = contents.table.headers.last.map({ Int($0.section) }) else { return }
    var entry = entry
    entry.header = Int32(contents.table.headers.count - 1)
    let rule = contents.table.append(entry)
    sectionsWithRules.insert(section)
    if !terms.isOptional { requiredSections.insert(section) }
    if entry.isExclusion {
      exclusions = exclusions ?? PatternMatcherBuilder()
      exclusions?.insert(compiled, rule: rule, ownsSubtree: false)
      return
    }
    // GitLab keeps the place of a pattern and takes the owners of its last line.
    let place = Place(section: section, pattern: pattern)
    if let first = firstRules[place] { return repetitions[first, default: []].append(Int(rule)) }
    firstRules[place] = Int(rule)
    rules.insert(compiled, rule: rule, ownsSubtree: false)
  }

  /// Ends the sections: one is optional when all of its rules are.
  func finish(_ contents: inout FileContents) {
    for section in sectionsWithRules { contents.sections[section].isOptional = !requiredSections.contains(section) }
    let isPlain = contents.sections.count < 2 && exclusions == nil && repetitions.isEmpty
    if isPlain, contents.table.headers.allSatisfy({ $0.owners == OwnerLists.nobody }) {
      contents.matcher = rules.finish()
    } else {
      contents.sectionedMatcher = SectionedMatcher(
        rules: rules.finish(), exclusions: exclusions?.finish(), repetitions: repetitions)
    }
  }
}
