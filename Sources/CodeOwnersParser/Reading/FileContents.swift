/// What a dialect's reader makes of a file.
struct FileContents: Sendable {
  let lines: LineIndex
  var table = RuleTable()
  var sections: [CodeOwnersSection] = []
  /// The lines that begin a section, with its index.
  var headers: [Int: Int] = [:]
  /// One for each section, in the order of the sections; one alone in dialects without.
  var matchers: [SectionMatcher] = []
  var diagnostics = DiagnosticList()
  /// Whether the whole file counts for nothing.
  var isSkipped = false

  init(_ bytes: [UInt8]) { lines = LineIndex(bytes) }
}

/// The compiled rules of one section.
final class SectionMatcher: Sendable {
  /// The index of the section, or `nil` in dialects without.
  let section: Int?
  /// The rules, by their index in the table.
  let rules: PatternMatcher
  /// What the section leaves out.
  let exclusions: PatternMatcher?

  init(section: Int?, rules: PatternMatcher, exclusions: PatternMatcher?) {
    self.section = section
    self.rules = rules
    self.exclusions = exclusions
  }
}
