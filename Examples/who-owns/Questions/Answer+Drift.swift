import KoalrCore

extension Answer {
  /// Rules whose owners hardly are those who make the commits.
  static func drift(_ drift: OwnershipDrift) -> Answer {
    let undecided = drift.undecided.map { "line \($0.rule.line), \($0.rule.pattern): cannot tell: \($0.reason)" }
    return Answer(
      name: "drift",
      heading: "drift: \(count(drift.events.count, "rule")) of \(drift.decidedRules) with enough commits"
        + (undecided.isEmpty ? "" : ", \(undecided.count) of which it cannot be told"),
      lines: drift.events.map { "\($0.severity.rawValue): \($0.summary)" } + undecided,
      json: .object([
        ("events", .list(drift.events.map(JSONValue.init))),
        (
          "undecided",
          .list(
            drift.undecided.map {
              .object([("line", .number($0.rule.line)), ("pattern", .text($0.rule.pattern)), ("reason", .text($0.reason))])
            })
        ), ("decidedRules", .number(drift.decidedRules)), ("quietRules", .number(drift.quietRules)),
      ]), isFinding: !drift.events.isEmpty)
  }
}

extension Answer {
  /// Whose accounts were told by names alone; in text nothing where nobody's were, or where a patch is all that is wanted.
  static func inferredAccounts(_ subject: Subject, isPatchAlone: Bool) -> Answer {
    let accounts = subject.history.inferred.sorted { $0.key < $1.key }
    let heading = "accounts: \(accounts.count) told by addresses or names that are logins of the file"
    let lines = accounts.map { "\($0.key): @\($0.value)" }
    let json = JSONValue.list(accounts.map { .object([("email", .text($0.key)), ("login", .text($0.value.rawValue))]) })
    if !accounts.isEmpty, isPatchAlone { Messages.print("who-owns: \(heading): \(lines.joined(separator: ", "))") }
    if accounts.isEmpty || isPatchAlone { return Answer(name: "inferredAccounts", text: [], json: json) }
    return Answer(name: "inferredAccounts", heading: heading, lines: lines, json: json)
  }
}

extension JSONValue {
  fileprivate init(_ event: DriftEvent) {
    self = .object([
      ("line", .number(event.rule.line)), ("pattern", .text(event.rule.pattern)), ("section", .optional(event.section?.name)),
      ("severity", .text(event.severity.rawValue)), ("owners", .owners(event.owners)),
      ("ownersShare", .decimal(event.ownersShare)), ("uncertainShare", .decimal(event.uncertainShare)),
      ("commits", .number(event.commits)), ("files", .number(event.files)), ("since", .time(event.since)),
      ("contributors", .contributors(event.contributors)),
      ("likelyOwners", event.likely.map { .owners($0.owners) } ?? .null),
    ])
  }
}
