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
    for answer in answers { try write(answer, &sink) }
    if isJSON { try sink.write("}\n") }
    try sink.flush()
    return answers.contains(where: \.isFinding)
  }

  /// A table has room for owners only, so that answers stand beside it.
  private func write(_ answer: Answer, _ sink: inout ByteSink) throws {
    switch arguments.format {
    case .json: try sink.write(answer.jsonMember)
    case .text: try sink.write(answer.text)
    case .tsv: Messages.write(answer.text)
    }
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
    if arguments.explains || arguments.format == .tsv {
      var listing = OwnerListing(file: rules.file, arguments: arguments)
      try sink.write(listing.beginning)
      for batch in batches { try sink.write(listing.lines(of: batch)) }
      try sink.write(listing.end)
    }
    let paths = arguments.hasPaths ? batches.flatMap { batch in batch.indices.map(batch.lookup) } : nil
    return try arguments.questions.answers(
      Subject(arguments.questions, rules: rules, paths: paths, history: try await history(rules, paths ?? [])))
  }

  private func history(_ rules: LoadedRules, _ paths: [String]) async throws -> History {
    let window = ContributionWindow(until: arguments.now ?? SystemClock().now(), days: Double(arguments.days))
    guard let clone, arguments.questions.needsHistory else { return History(none: window) }
    return try await HistoryInput(clone: clone, window: window, paths: paths)
      .read(findsChanges: arguments.questions.simulate != nil, logins: rules.file.accounts)
  }

  /// Rules that do not count change every answer, so they are not left to --lint alone.
  private func warn(of rules: LoadedRules) {
    let skipped = rules.file.diagnostics.filter { $0.effect != .note }
    guard !arguments.questions.lint, var first = skipped.first else { return }
    first.column = rules.file.byteColumn(first.column, ofLine: first.line)
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
