import KoalrCore

/// What the program is asked.
struct Arguments {
  /// Where the rules are.
  enum Rules: Equatable {
    case file(String)
    /// The newest commit of a clone.
    case clone(String)
    /// One of the usual places below the current folder.
    case folder
  }

  /// Where a list of paths is.
  enum PathSource: Equatable {
    case standardInput
    case file(String)
  }

  enum Format: String, CaseIterable {
    case text, tsv, json
  }

  /// What is asked beside, or in place of, who owns the paths.
  struct Questions {
    var lint: Bool
    var drift: Bool
    var gaps: Bool
    var repair: Bool
    /// The file that would replace the rules.
    var simulate: String?

    var isEmpty: Bool { !lint && !drift && !gaps && !repair && simulate == nil }
    /// Whether an answer is made from all files, so that a few of them would be misleading.
    var isAboutAllFiles: Bool { lint || drift || gaps || repair }
    /// Whether an answer is about the text of the file, so that there must be one.
    var needsFile: Bool { lint || simulate != nil }
    var needsHistory: Bool { drift || gaps || repair || simulate != nil }
  }

  var rules: Rules
  /// `nil` when the file shows it.
  var dialect: CodeOwnersParser.Dialect?
  var pathSource: PathSource?
  var paths: [String]
  var format: Format
  var explains: Bool
  var questions: Questions
  /// How far back commits matter.
  var days: Int
  /// The moment to look from; `nil` is now.
  var now: Date?

  static let defaultDays = 90

  /// - Throws: ``UsageError``.
  init(_ words: [String]) throws(UsageError) {
    let words = try Words(words)
    rules = try Self.rules(words)
    dialect = try Self.dialect(words)
    pathSource = words["--paths"].map { $0 == "-" ? .standardInput : .file($0) }
    paths = words.operands
    format = try Self.format(words)
    explains = words.has("--explain")
    questions = Questions(
      lint: words.has("--lint"), drift: words.has("--drift"), gaps: words.has("--gaps"), repair: words.has("--repair"),
      simulate: words["--simulate"])
    days = try Self.days(words)
    now = try Self.now(words)
    try refuseWhatHasNoAnswer()
  }

  /// Whether it is known which paths are meant.
  var hasPaths: Bool { pathSource != nil || !paths.isEmpty || clone != nil }

  var clone: String? { if case .clone(let path) = rules { path } else { nil } }

  private func refuseWhatHasNoAnswer() throws(UsageError) {
    guard pathSource == nil || paths.isEmpty else { throw UsageError("Give paths as arguments or with --paths, not both.") }
    guard paths.isEmpty || !questions.isAboutAllFiles else {
      throw UsageError("--lint, --drift, --gaps and --repair look at all files; leave the paths out.")
    }
    guard pathSource == nil || clone == nil || !questions.isAboutAllFiles else {
      throw UsageError("--lint, --drift, --gaps and --repair look at all files of the clone; leave --paths out.")
    }
    if questions.isEmpty || explains, !hasPaths {
      throw UsageError(
        "There is no path: name some, give a list with --paths FILE (- is standard input), or a clone with --git PATH.")
    }
    if questions.simulate != nil, !hasPaths {
      throw UsageError("--simulate compares the owners of files: add --git PATH or --paths FILE.")
    }
    guard clone == nil else { return }
    for (option, isAsked) in [("--drift", questions.drift), ("--gaps", questions.gaps), ("--repair", questions.repair)]
    where isAsked {
      throw UsageError("\(option) reads commits: add --git PATH with the path of a clone.")
    }
  }
}

extension Arguments {
  private static func rules(_ words: Words) throws(UsageError) -> Rules {
    switch (words["--file"], words["--git"]) {
    case (let file?, nil): return .file(file)
    case (nil, let path?): return .clone(path)
    case (nil, nil): return .folder
    default: throw UsageError("--file and --git exclude each other: the rules come from one place.")
    }
  }

  private static func dialect(_ words: Words) throws(UsageError) -> CodeOwnersParser.Dialect? {
    switch words["--dialect"] {
    case nil, "auto": return nil
    case "github": return .gitHub
    case "gitlab": return .gitLab
    case "bitbucket": return .bitbucket
    case let word?: throw UsageError("--dialect is github, gitlab, bitbucket or auto, not \"\(word)\".")
    }
  }

  private static func format(_ words: Words) throws(UsageError) -> Format {
    guard let word = words["--format"] else { return words.has("--json") ? .json : .text }
    guard let format = Format(rawValue: word) else { throw UsageError("--format is text, tsv or json, not \"\(word)\".") }
    guard !words.has("--json") || format == .json else {
      throw UsageError("--json is short for --format json; it cannot stand beside --format \(word).")
    }
    return format
  }

  private static func days(_ words: Words) throws(UsageError) -> Int {
    guard let text = words["--days"] else { return defaultDays }
    guard let days = Int(text), (1...36_525).contains(days) else {
      throw UsageError("--days needs a whole number from 1 to 36525, not \"\(text)\".")
    }
    return days
  }

  private static func now(_ words: Words) throws(UsageError) -> Date? {
    guard let text = words["--now"] else { return nil }
    guard let time = ISO8601Time.parse(text) else {
      throw UsageError("--now needs a time such as 2026-11-20T12:00:00Z, not \"\(text)\".")
    }
    return time
  }
}
