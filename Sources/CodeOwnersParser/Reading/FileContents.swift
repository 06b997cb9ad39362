/// What a dialect's reader makes of a file.
struct FileContents: Sendable {
  let lines: LineIndex
  var table = RuleTable()
  var sections: [CodeOwnersSection] = []
  /// The compiled rules of a file in which the last that matches decides, with its own owners.
  var matcher: PatternMatcher?
  /// Those of a file whose sections have more to say.
  var sectionedMatcher: SectionedMatcher?
  var diagnostics = DiagnosticList()
  /// Whether the whole file counts for nothing.
  var isSkipped = false

  init(_ bytes: [UInt8]) { lines = LineIndex(bytes) }
}
