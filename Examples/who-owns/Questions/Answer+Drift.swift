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
