import KoalrCore

extension Arguments.Questions {
  /// Answers what was asked, in the order of the usage.
  ///
  /// - Throws: ``ProgramError``.
  func answers(_ subject: Subject) throws -> [Answer] {
    var answers: [Answer] = []
    if lint { answers.append(.lint(subject)) }
    if drift || gaps || repair { answers.append(.inferredAccounts(subject, isPatchAlone: !drift && !gaps)) }
    if drift, let found = subject.drift { answers.append(.drift(found)) }
    if gaps, let found = subject.gaps { answers.append(.gaps(found)) }
    if drift && gaps { answers.append(.health(subject)) }
    if let simulate {
      let other = try RulesReader.readOther(simulate, in: subject.rules.file.dialect)
      answers.append(.simulation(subject, of: other))
    }
    if repair { answers.append(.repair(subject)) }
    return answers
  }
}

extension Answer {
  /// A count with its noun: `1 rule`, `3 rules`.
  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// A part of a whole, 0 to 1, in whole percent.
  static func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
}

extension JSONValue {
  static func time(_ date: Date) -> JSONValue { .text(ISO8601Time.format(date)) }

  static func contributors(_ shares: [ContributorShare]) -> JSONValue {
    .list(
      shares.map { share in
        .object([
          ("login", .optional(share.author.login?.rawValue)), ("name", .text(share.author.name)),
          ("email", .text(share.author.email)), ("commits", .number(share.commits)), ("share", .decimal(share.share)),
        ])
      })
  }
}
