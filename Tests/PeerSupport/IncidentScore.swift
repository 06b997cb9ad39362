public import KoalrDomain

/// How well reports of incidents agree with what really happened.
///
/// A report is right when it is that of a true incident of its repository: its ticket (by the ticket's number), or one that blames the
/// commit whose deployment was behind it. Joined reports are one, right when any of them is. *Precision* is the share of reports that
/// are right, *recall* the share of true incidents that have a right report; *reachable* are those that left a ticket or a revert at
/// all. A *failed change* is a production deployment that failed, by itself or by hurting users later.
public struct IncidentScore: Sendable, CustomStringConvertible {
  /// The figures of one kind of report.
  public struct Line: Sendable {
    /// What kind.
    public var name: String
    /// How many there are.
    public var found = 0
    /// How many of them are right.
    public var right = 0
    /// How many true ones there are.
    public var real = 0
    /// How many of those have a right report.
    public var matched = 0

    /// The share of reports that are right; 1 where there is none.
    public var precision: Double { found == 0 ? 1 : Double(right) / Double(found) }
    /// The share of true ones that were found; 1 where there is none.
    public var recall: Double { real == 0 ? 1 : Double(matched) / Double(real) }
  }

  /// By source, then joined, then joined and at least as sure as not.
  public private(set) var incidents: [Line] = []
  /// The same for failed changes.
  public private(set) var failedChanges: [Line] = []
  /// How many true incidents left a ticket or a revert.
  public private(set) var reachable = 0
  /// Up to 50 wrong reports and missed incidents, for people.
  public private(set) var examples: [String] = []

  private static let mostExamples = 50

  /// Compares.
  public init(_ reports: [Incident], with truth: Truth) {
    var sources: [String: [JoinedIncident]] = [:]
    for report in reports { sources[report.source.rawValue, default: []].append(JoinedIncident(primary: report)) }
    let joined = JoinedIncident.all(of: reports)
    var kinds = sources.sorted { $0.key < $1.key }.map { (name: $0.key, incidents: $0.value) }
    kinds.append(("joined", joined))
    kinds.append(("joined, confidence of 0.5 and more", joined.filter { $0.confidence >= 0.5 }))
    let world = World(truth)
    reachable = world.reachable
    incidents = kinds.map { world.line($0.name, $0.incidents, isRight: \.incidents) }
    failedChanges = kinds.map { world.line($0.name, $0.incidents, isRight: \.failedChanges) }
    examples = Array((world.wrong(joined) + world.missed(joined)).prefix(Self.mostExamples))
  }

  /// The figures of a kind of report about incidents.
  public subscript(name: String) -> Line? { incidents.first { $0.name == name } }

  /// Two tables.
  public var description: String {
    let real = incidents.first?.real ?? 0
    return Self.table("incidents: \(real), of which \(reachable) left a ticket or a revert", incidents) + "\n"
      + Self.table("failed changes: \(failedChanges.first?.real ?? 0)", failedChanges)
  }

  private static func table(_ title: String, _ lines: [Line]) -> String {
    let head = "\(title)\n  reports  right  precision  recall  source\n"
    return head
      + lines.map { line in
        let figures = [
          pad("\(line.found)", 9), pad("\(line.right)", 7), pad(share(line.precision), 11), pad(share(line.recall), 8),
        ]
        return figures.joined() + "  \(line.name)\n"
      }.joined()
  }

  private static func share(_ share: Double) -> String {
    let thousandths = Int((share * 1000).rounded())
    return "\(thousandths / 10).\(thousandths % 10) %"
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}

/// What really happened, by what a report can name.
private struct World {
  /// Names of true things: `REPOSITORY@SHA`.
  struct Facts {
    var incidents: Set<String> = []
    var failedChanges: Set<String> = []
  }

  private var facts = Facts()
  /// The commit that a ticket is about, by the ticket's id.
  private var tickets: [String: String] = [:]
  private(set) var reachable = 0

  init(_ truth: Truth) {
    for repository in truth.repositories {
      let numbers = Dictionary(repository.issues.map { ($0.number, $0.nodeId) }, uniquingKeysWith: { first, _ in first })
      for incident in repository.incidents {
        let name = "\(repository.nodeId)@\(incident.sha)"
        facts.incidents.insert(name)
        if let ticket = incident.issue.flatMap({ numbers[$0] }) { tickets[ticket] = name }
        if incident.issue != nil || incident.revertedBy != nil { reachable += 1 }
      }
      for deployment in repository.deployments where deployment.failed && deployment.environment == "production" {
        facts.failedChanges.insert("\(repository.nodeId)@\(deployment.sha)")
      }
    }
  }

  /// What a report is about: a ticket that the truth knows, else the commit it blames.
  private func name(_ report: Incident) -> String? {
    if report.source == .issue, let name = tickets[String(report.id.rawValue.dropFirst("issue:".count))] { return name }
    guard let repository = report.repositoryID, let cause = report.causeSHA else { return nil }
    return "\(repository)@\(cause)"
  }

  func line(_ title: String, _ found: [JoinedIncident], isRight real: KeyPath<Facts, Set<String>>) -> IncidentScore.Line {
    let real = facts[keyPath: real]
    var line = IncidentScore.Line(name: title, found: found.count, real: real.count)
    var matched: Set<String> = []
    for incident in found {
      let names = Set(incident.reports.compactMap(name)).intersection(real)
      if !names.isEmpty { line.right += 1 }
      matched.formUnion(names)
    }
    line.matched = matched.count
    return line
  }

  func wrong(_ joined: [JoinedIncident]) -> [String] {
    joined.filter { !$0.reports.contains { name($0).map(facts.incidents.contains) == true } }.map { incident in
      let repository = incident.primary.repositoryID?.rawValue ?? "none"
      return "wrong: \(incident.confidence) \(incident.reports.map(\.id.rawValue)) \(incident.primary.title) in \(repository)"
    }
  }

  func missed(_ joined: [JoinedIncident]) -> [String] {
    let found = Set(joined.flatMap(\.reports).compactMap(name))
    return facts.incidents.subtracting(found).sorted().map { "missed: \($0)" }
  }
}
