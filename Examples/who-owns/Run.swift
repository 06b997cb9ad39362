import KoalrCore
import KoalrGitHistory

/// One run of the program: reads the rules, lists owners, answers questions.
struct Run {
  let arguments: Arguments
  private let clone: LocalGitRepository?
  private let reader: RulesReader

  init(arguments: Arguments) {
    self.arguments = arguments
    clone = arguments.clone.map { LocalGitRepository(path: $0) }
    reader = RulesReader(
      place: arguments.rules, dialect: arguments.dialect, allowsMissing: !arguments.questions.needsFile)
  }

  /// Writes the answer to standard output.
  ///
  /// - Returns: whether lint, drift or gaps found something.
  func answer() async throws -> Bool {
    let rules = try await reader.read(clone)
    warn(of: rules)
    var sink = ByteSink()
    let isJSON = arguments.format == .json
    if isJSON { try sink.write(rules.jsonBeginning) }
    let answers = try await arguments.questions.isEmpty ? list(rules, &sink) : answerQuestions(rules, &sink)
    for answer in answers { try sink.write(isJSON ? answer.jsonMember : answer.text) }
    if isJSON { try sink.write("}\n") }
    try sink.flush()
    return answers.contains(where: \.isFinding)
  }

  /// Lists the owners of all paths while they are read.
  private func list(_ rules: LoadedRules, _ sink: inout ByteSink) async throws -> [Answer] {
    var listing = OwnerListing(file: rules.file, arguments: arguments)
    try sink.write(listing.beginning)
    try await PathReader(arguments: arguments, clone: clone).read { try sink.write(listing.lines(of: $0)) }
    try sink.write(listing.end)
    return []
  }

  /// Answers questions about all paths together; lists them before, if that was asked.
  private func answerQuestions(_ rules: LoadedRules, _ sink: inout ByteSink) async throws -> [Answer] {
    var batches: [PathBatch] = []
    if arguments.hasPaths {
      try await PathReader(arguments: arguments, clone: clone).read { batches.append($0) }
    }
    if arguments.explains {
      var listing = OwnerListing(file: rules.file, arguments: arguments)
      try sink.write(listing.beginning)
      for batch in batches { try sink.write(listing.lines(of: batch)) }
      try sink.write(listing.end)
    }
    let window = ContributionWindow(until: arguments.now ?? SystemClock().now(), days: Double(arguments.days))
    var history = History(none: window)
    if let clone, arguments.questions.needsHistory {
      history = try await HistoryInput(clone: clone, window: window)
        .read(findsChanges: arguments.questions.simulate != nil, logins: rules.file.accounts)
    }
    let paths = arguments.hasPaths ? batches.flatMap { batch in batch.indices.map(batch.lookup) } : nil
    return try arguments.questions.answers(
      Subject(arguments.questions, rules: rules, paths: paths, history: history))
  }

  /// Rules that do not count change every answer, so they are not left to --lint alone.
  private func warn(of rules: LoadedRules) {
    let skipped = rules.file.diagnostics.filter { $0.effect != .note }
    guard !arguments.questions.lint, let first = skipped.first else { return }
    let more = skipped.count > 1 ? "; \(skipped.count - 1) more, which --lint lists" : ""
    Messages.print("who-owns: not all of \(rules.path) counts: \(first)\(more)")
  }
}

extension LoadedRules {
  /// The beginning of the JSON object, without its end.
  fileprivate var jsonBeginning: [UInt8] {
    let value = JSONValue.object([
      ("path", .optional(isMissing ? nil : path)), ("dialect", .text("\(file.dialect)".lowercased())),
      ("rules", .number(file.rules.count)),
      ("skippedLines", .number(file.diagnostics.count { $0.effect == .lineSkipped })),
    ])
    return Array("{\"format\":1,\"file\":".utf8) + value.bytes
  }
}
