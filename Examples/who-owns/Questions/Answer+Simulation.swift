import KoalrCore

extension Answer {
  /// What changes when another file replaces the rules.
  static func simulation(_ subject: Subject, of other: CodeOwnersFile) -> Answer {
    let comparison = OwnershipComparison(from: subject.rules.file, to: other, paths: subject.paths ?? [])
    let simulation = OwnershipSimulation(
      from: subject.rules.file, to: other, changes: subject.history.changes.compactMap { ReviewedChange($0) },
      directory: subject.directory)
    let loads = simulation.owners.filter { $0.before != $0.after }
    return Answer(
      name: "simulation",
      heading: heading(comparison),
      lines: comparison.shifts.flatMap { shift in
        ["\(text(shift.before)) → \(text(shift.after)): \(count(shift.paths.count, "file"))"] + shift.paths.map { "  \($0)" }
      } + loads.map { "\($0.reviewer): asked by \(count($0.before, "change")), then by \($0.after)" },
      json: .object([
        ("rules", .list(comparison.rules.map(JSONValue.init))),
        ("sections", .list(comparison.sections.map(JSONValue.init))),
        (
          "shifts",
          .list(
            comparison.shifts.map {
              .object([
                ("before", .claims($0.before)), ("after", .claims($0.after)), ("paths", .list($0.paths.map(JSONValue.text))),
              ])
            })
        ), ("owners", .list(simulation.owners.map(JSONValue.init))), ("people", .list(simulation.people.map(JSONValue.init))),
        ("changes", .list(simulation.changes.map(JSONValue.init))),
      ]))
  }

  private static func heading(_ comparison: OwnershipComparison) -> String {
    let (rules, sections) = (comparison.rules.count, comparison.sections.count)
    return "simulation: \(count(comparison.paths.count, "file")) with other owners, \(count(rules, "rule")) "
      + (rules == 1 ? "differs" : "differ") + (sections > 0 ? ", \(count(sections, "section")) too" : "")
  }

  private static func text(_ claims: [OwnershipClaim]) -> String {
    claims.isEmpty ? "no rule" : claims.map(\.description).joined(separator: "; ")
  }
}

extension JSONValue {
  fileprivate static func claims(_ claims: [OwnershipClaim]) -> JSONValue {
    .list(
      claims.map {
        .object([
          ("section", .optional($0.section)), ("owners", .owners($0.owners)), ("approvals", .number($0.approvals)),
          ("optional", .bool($0.isOptional)),
        ])
      })
  }

  fileprivate init(_ change: RuleChange) {
    func rule(_ rule: CodeOwnersRule?) -> JSONValue {
      rule.map { .object([("line", .number($0.line)), ("pattern", .text($0.pattern)), ("owners", .owners($0.owners))]) } ?? .null
    }
    self = .object([("kind", .text(change.kind.rawValue)), ("old", rule(change.old)), ("new", rule(change.new))])
  }

  fileprivate init(_ change: SectionChange) {
    func section(_ section: CodeOwnersSection?) -> JSONValue {
      section.map {
        .object([
          ("name", .text($0.name)), ("line", .number($0.line)), ("approvals", .number($0.approvals)),
          ("optional", .bool($0.isOptional)), ("owners", .owners($0.defaultOwners)),
        ])
      } ?? .null
    }
    self = .object([("old", section(change.old)), ("new", section(change.new))])
  }

  fileprivate init<Reviewer>(_ load: ReviewLoad<Reviewer>) {
    self = .object([
      ("reviewer", .text(load.reviewer.description)), ("before", .number(load.before)), ("after", .number(load.after)),
    ])
  }

  fileprivate init(_ shift: ChangeShift) {
    self = .object([("change", .text(shift.name)), ("before", .owners(shift.before)), ("after", .owners(shift.after))])
  }
}
