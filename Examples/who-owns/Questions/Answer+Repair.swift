import KoalrCore

extension Answer {
  /// A patch, and nothing else, so that it can be applied as it comes; what it leaves is said on standard error.
  static func repair(_ subject: Subject) -> Answer {
    let faults = Fault.all(subject)
    let repair = CodeOwnersRepair(
      of: subject.rules.file, paths: subject.paths ?? [], suggestions: faults.compactMap(\.suggestion))
    let diff = repair.diff(path: subject.rules.path, isNew: subject.rules.isMissing)
    let unmet = Fault.left(faults, by: repair) + dead(repair) + findings(repair, subject)
    for sentence in unmet { Messages.print("who-owns: not repaired: \(sentence)") }
    return Answer(
      name: "repair", text: AnyBytes.restored(diff.bytes),
      json: .object([
        ("patch", .text(diff.text)), ("changedRules", .number(repair.effect.rules.count)),
        ("paths", .list(repair.effect.paths.map(JSONValue.text))), ("unmet", .list(unmet.map(JSONValue.text))),
      ]))
  }

  private static func dead(_ repair: CodeOwnersRepair) -> [String] {
    repair.keptDeadRules.map {
      "line \($0.line), \($0.pattern): it matches no file, but decides whether its section is optional"
    }
  }

  /// What lint finds in the repaired file is meant in one way or another, and a repair does not guess.
  private static func findings(_ repair: CodeOwnersRepair, _ subject: Subject) -> [String] {
    let findings = CodeOwnersLint.findings(
      in: repair.file, path: subject.rules.repositoryPath, paths: subject.paths, directory: subject.directory)
    let dead = Set(repair.keptDeadRules.map(\.line))
    let others = findings.count { $0.rule != .deadRule || !dead.contains($0.line) }
    return others == 0 ? [] : ["\(count(others, "finding")) of --lint: only a person can tell what was meant"]
  }

  /// How good the ownership is, as far as a clone can tell.
  static func health(_ subject: Subject) -> Answer {
    let health = OwnershipHealth(gaps: subject.gaps, drift: subject.drift, reviews: nil)
    let score = health.score.map { "\($0) (\(health.letter?.rawValue ?? ""))" } ?? "cannot be told"
    return Answer(
      name: "health", heading: "health: \(score)",
      lines: health.parts.map { "\($0.key): \($0.points) of \($0.maximum): \($0.reason)" }
        + health.missing.map { "\($0.key): not known: \($0.reason)" },
      json: .object([
        ("score", .optional(health.score)), ("letter", .optional(health.letter?.rawValue)),
        (
          "parts",
          .list(
            health.parts.map {
              .object([
                ("key", .text($0.key)), ("points", .number($0.points)), ("maximum", .number($0.maximum)),
                ("reason", .text($0.reason)),
              ])
            })
        ), ("missing", .list(health.missing.map { .object([("key", .text($0.key)), ("reason", .text($0.reason))]) })),
        ("evidenceShare", .decimal(health.evidenceShare)),
      ]))
  }
}
