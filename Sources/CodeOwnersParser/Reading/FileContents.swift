/// What a dialect's reader makes of a file.
struct FileContents: Sendable {
  let lines: LineIndex
  var table = RuleTable()
  var sections: [CodeOwnersSection] = []
  /// One for each section that has rules, in the order of the sections; one alone in dialects without.
  var matchers: [SectionMatcher] = []
  var diagnostics = DiagnosticList()
  /// Whether the whole file counts for nothing.
  var isSkipped = false

  init(_ bytes: [UInt8]) { lines = LineIndex(bytes) }
}

/// The compiled rules of one section.
struct SectionMatcher: Sendable {
  /// The index of the section, or `nil` in dialects without.
  var section: Int?
  /// The rules, by their index in the table.
  var rules: PatternMatcher
  /// What the section leaves out.
  var exclusions: PatternMatcher?
  /// The rules that count in the place of an earlier one with their pattern, by that one; the last of them decides.
  var repetitions: [Int: [Int]] = [:]
}
