import KoalrCore

/// A kind of change, and what is usual for it.
enum SampleKind: CaseIterable {
  case feature, fix, oneLine, refactor, migration, dependencies, documentation, tests, cleanup, revert

  /// How often it comes, against the others. Reverts come from failed deployments only.
  var weight: Int {
    switch self {
    case .feature: 30
    case .fix: 22
    case .oneLine: 10
    case .refactor: 6
    case .migration: 6
    case .dependencies: 11
    case .documentation: 7
    case .tests: 5
    case .cleanup: 5
    case .revert: 0
    }
  }

  var fileCount: ClosedRange<Int> {
    switch self {
    case .feature: 3...9
    case .fix: 1...3
    case .oneLine, .documentation: 1...1
    case .refactor: 16...34
    case .migration: 2...4
    case .dependencies, .revert: 2...2
    case .tests: 1...4
    case .cleanup: 2...3
    }
  }

  /// Lines touched in one file.
  var lines: ClosedRange<Int> {
    switch self {
    case .feature: 8...110
    case .fix: 2...18
    case .oneLine: 1...1
    case .refactor: 15...120
    case .migration: 4...60
    case .dependencies: 1...24
    case .documentation: 3...50
    case .tests: 10...80
    case .cleanup, .revert: 1...12
    }
  }

  /// Hours until it is decided.
  var hours: ClosedRange<Int> {
    switch self {
    case .feature: 5...90
    case .refactor: 30...170
    case .migration: 8...70
    case .dependencies: 1...80
    case .fix, .tests, .cleanup: 2...30
    case .oneLine, .documentation: 1...12
    case .revert: 1...1
    }
  }

  /// The chance that its deployment fails.
  var failureRate: Double {
    switch self {
    case .refactor: 0.3
    case .migration: 0.24
    case .feature: 0.09
    case .dependencies: 0.05
    case .fix, .cleanup: 0.04
    case .oneLine, .documentation, .tests, .revert: 0.01
    }
  }

  var labels: [String] {
    switch self {
    case .feature: ["enhancement"]
    case .fix, .oneLine: ["bug"]
    case .refactor, .cleanup: ["refactoring"]
    case .migration: ["database"]
    case .dependencies: ["dependencies"]
    case .documentation: ["documentation"]
    case .tests: ["tests"]
    case .revert: ["revert"]
    }
  }

  func title(_ word: String, _ generator: inout SeededGenerator) -> String {
    let what = generator.pick(nouns) ?? word
    switch self {
    case .feature: return "Add \(what) to \(word)"
    case .fix: return "Fix \(what) in \(word)"
    case .oneLine: return "Correct \(what) of \(word)"
    case .refactor: return "Split \(word) into \(what)"
    case .migration: return "Migrate \(word) to \(what)"
    case .dependencies: return "Bump \(what)"
    case .documentation: return "Document \(what) of \(word)"
    case .tests: return "Test \(what) of \(word)"
    case .cleanup: return "Move \(word) to \(what)"
    case .revert: return "Revert \(word)"
    }
  }

  private var nouns: [String] {
    switch self {
    case .feature: ["an export", "retries", "limits", "an audit trail", "search", "caching", "validation", "metrics", "paging"]
    case .fix: ["rounding", "a race", "time zones", "an empty list", "encoding", "a timeout", "ordering", "a leak"]
    case .oneLine: ["a typo", "the default", "the limit", "a message", "the timeout"]
    case .refactor: ["smaller parts", "reading and writing", "modules", "ports and adapters"]
    case .migration: ["a new key", "two tables", "a wider column", "an index by day"]
    case .dependencies: ["quillkit from 2.3.1 to 2.4.0", "tinroof from 0.9.4 to 0.9.6", "parsley from 5.1.0 to 6.0.0"]
    case .documentation: ["the limits", "errors", "the setup", "examples"]
    case .tests: ["the edges", "failures", "big inputs", "concurrent use"]
    case .cleanup: ["its own file", "a better name", "the new layout"]
    case .revert: []
    }
  }
}
