/// What a dialect's reader makes of a file.
struct FileContents: Sendable {
  let lines: LineIndex
  var table = RuleTable()
  var sections: [CodeOwnersSection] = []
  /// The compiled rules of a file without sections.
  var matcher: PatternMatcher?
  /// Those of a file with sections.
  var sectionedMatcher: SectionedMatcher?
  var diagnostics = DiagnosticList()
  /// Whether the whole file counts for nothing.
  var isSkipped = false

  init(_ bytes: [UInt8]) { lines = LineIndex(bytes) }
}
