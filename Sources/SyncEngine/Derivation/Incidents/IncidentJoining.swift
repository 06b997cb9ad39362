import KoalrDomain

/// Finds out which reports of one repository are of the same incident.
///
/// They are when they blame the same commit, or commits that landed together; when what was reverted soon after a failed deployment
/// had come into that environment with it; and when a ticket that names no cause, or a report of another tool, falls into the time of
/// one that is known: from its beginning to its end, at least the joining hours. Reports of one source are joined by their cause only:
/// two tickets of one hour are two.
struct IncidentJoining {
  let line: DeliveryLine
  let rules: IncidentRules
  /// The environment of each deployment, by the id of its incident.
  private let environments: [IncidentID: String]
  private var incidents: [Incident]
  /// Which incident each one is joined to, by place; the smallest place of a group points to itself.
  private var parents: [Int]

  /// Returns the incidents with ``Incident/sameAs`` and ``Incident/combinedConfidence`` set anew.
  static func join(
    _ incidents: [Incident], line: DeliveryLine, rules: IncidentRules, production: [Deployment] = []
  ) -> [Incident] {
    var joining = Self(incidents, line: line, rules: rules, production: production)
    joining.joinCauses()
    joining.joinFailedDeployments()
    joining.joinTimes()
    return joining.result()
  }

  private init(_ incidents: [Incident], line: DeliveryLine, rules: IncidentRules, production: [Deployment]) {
    self.line = line
    self.rules = rules
    self.incidents = incidents.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
    parents = Array(incidents.indices)
    environments = Dictionary(
      production.map { (IncidentID(source: .deployment, id: $0.id.rawValue), $0.environment) },
      uniquingKeysWith: { first, _ in first })
  }

  private mutating func joinCauses() {
    var byPlace: [Int: Int] = [:]
    var byCommit: [CommitID: Int] = [:]
    for (index, incident) in incidents.enumerated() {
      guard let cause = incident.causeSHA else { continue }
      if let place = line.place(of: cause) {
        join(index, byPlace[place])
        byPlace[place] = index
      } else {
        join(index, byCommit[cause])
        byCommit[cause] = index
      }
    }
  }

  /// A revert ends a failed deployment when what it takes back was new there.
  private mutating func joinFailedDeployments() {
    let reverts = incidents.indices.filter { incidents[$0].source == .revert }
    for (index, failed) in incidents.enumerated() where failed.source == .deployment {
      guard let deployed = line.place(of: failed.causeSHA), let environment = environments[failed.id] else { continue }
      let before = line.released(in: environment, before: failed.startedAt) ?? -1
      guard before < deployed else { continue }
      let revert = reverts.first { other in
        guard let place = line.place(of: incidents[other].causeSHA), let end = incidents[other].resolvedAt else { return false }
        return (before + 1)...deployed ~= place && end >= failed.startedAt && end <= latest(failed)
      }
      join(index, revert)
    }
  }

  private mutating func joinTimes() {
    for (index, report) in incidents.enumerated() where report.causeSHA == nil {
      // The newest that had begun, because nobody waits long to report one.
      let candidate = incidents[..<index].indices.last { other in
        let known = incidents[other]
        return known.source != report.source && known.confidence > leastConfidence
          && report.startedAt <= max(known.resolvedAt ?? latest(known), latest(known))
      }
      join(index, candidate)
    }
  }

  /// What users had nothing of brings no tickets.
  private var leastConfidence: Double { max(rules.confidence.failedAttempt, rules.confidence.revertBeforeProduction) }

  private func latest(_ incident: Incident) -> Date { incident.startedAt.addingTimeInterval(rules.joiningHours * 3600) }

  private mutating func join(_ index: Int, _ other: Int?) {
    guard let other else { return }
    let (first, second) = (root(index), root(other))
    parents[max(first, second)] = min(first, second)
  }

  private func root(_ index: Int) -> Int {
    var index = index
    while parents[index] != index { index = parents[index] }
    return index
  }

  private func result() -> [Incident] {
    let groups = Dictionary(grouping: incidents.indices, by: root)
    return groups.values.flatMap { members -> [Incident] in
      let reports = members.map { incidents[$0] }
      // Of equally sure ones the earliest.
      let primary = reports.max { ($0.confidence, $1.startedAt, $1.id) < ($1.confidence, $0.startedAt, $0.id) }
      return reports.map { report in
        var report = report
        let isPrimary = report.id == primary?.id
        report.sameAs = isPrimary ? nil : primary?.id
        report.combinedConfidence = isPrimary && reports.count > 1 ? Self.combined(reports) : nil
        return report
      }
    }.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
  }

  /// Sources err by themselves, so that all of them err is as unlikely as the product says; reports of one source err together.
  private static func combined(_ reports: [Incident]) -> Double {
    let surest = Dictionary(reports.map { ($0.source, $0.confidence) }, uniquingKeysWith: max)
    let doubt = surest.sorted { $0.key.rawValue < $1.key.rawValue }.reduce(1.0) { $0 * (1 - min(max($1.value, 0), 1)) }
    return min(mostSure, ((1 - doubt) * 1000).rounded() / 1000)
  }

  /// Nothing that is inferred is certain.
  private static let mostSure = 0.99
}
