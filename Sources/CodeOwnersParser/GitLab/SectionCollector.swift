/// Collects the rules of each section: headers of one name, in whatever case, are one section.
struct SectionCollector {
  private struct Part {
    var rules = PatternMatcherBuilder()
    var exclusions: PatternMatcherBuilder?
    /// The first rule of each pattern.
    var first: [GitLabPattern: Int] = [:]
    var repetitions: [Int: [Int]] = [:]
    var hasRules = false
    var hasRequiredRules = false
  }

  private var parts: [Part] = []
  private var indices: [String: Int] = [:]
  /// The terms of the last header.
  private(set) var terms: CodeOwnersSection?

  /// Begins a section, or goes on with one of the same name.
  ///
  /// - Parameter header: the line of its header, or 0 when it has none.
  mutating func begin(_ section: CodeOwnersSection, header: Int, _ contents: inout FileContents) {
    let key = section.name.lowercased()
    let index = indices[key] ?? parts.count
    if index == parts.count {
      indices[key] = index
      parts.append(Part())
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
    guard let index = contents.table.headers.last.map({ Int($0.section) }) else { return }
    var entry = entry
    entry.header = Int32(contents.table.headers.count - 1)
    let rule = contents.table.append(entry)
    parts[index].hasRules = true
    if terms?.isOptional == false { parts[index].hasRequiredRules = true }
    if entry.isExclusion {
      parts[index].exclusions = parts[index].exclusions ?? PatternMatcherBuilder()
      parts[index].exclusions?.insert(compiled, rule: rule, ownsSubtree: false)
    } else if let first = parts[index].first[pattern] {
      // GitLab keeps the place of a pattern and takes the owners of its last line.
      parts[index].repetitions[first, default: []].append(Int(rule))
    } else {
      parts[index].first[pattern] = Int(rule)
      parts[index].rules.insert(compiled, rule: rule, ownsSubtree: false)
    }
  }

  /// Ends the sections: a section is optional when all of its rules are.
  func finish(_ contents: inout FileContents) {
    for (index, part) in parts.enumerated() where part.hasRules {
      contents.sections[index].isOptional = !part.hasRequiredRules
      contents.matchers.append(
        SectionMatcher(
          section: index, rules: part.rules.finish(), exclusions: part.exclusions?.finish(), repetitions: part.repetitions))
    }
  }
}
