/// One incident with every report of it: a ticket, the revert that ended it, the deployment that failed.
///
/// Each report stays a record of its own and says what its source says; all but one point to that one by ``Incident/sameAs``.
/// Whoever counts incidents counts these:
///
/// ```swift
/// let incidents = JoinedIncident.all(of: try await store.all(RecordQuery(Incident.self, repository: id)))
/// ```
public struct JoinedIncident: Hashable, Sendable {
  /// The report that stands for all: the surest one.
  public var primary: Incident
  /// The others, oldest first.
  public var others: [Incident]

  /// Makes a joined incident.
  public init(primary: Incident, others: [Incident] = []) {
    self.primary = primary
    self.others = others
  }

  /// Returns the incidents that are left when reports of the same are taken together, oldest first.
  ///
  /// A report that points to an incident which is not among them stands for itself; so do reports that point in a circle.
  public static func all(of incidents: [Incident]) -> [Self] {
    let ordered = incidents.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
    let heads = Set(ordered.filter { $0.sameAs == nil }.map(\.id))
    var others: [IncidentID: [Incident]] = [:]
    for incident in ordered {
      if let head = incident.sameAs, heads.contains(head) { others[head, default: []].append(incident) }
    }
    let joined = ordered.compactMap { incident -> Self? in
      if let head = incident.sameAs, heads.contains(head) { return nil }
      return Self(primary: incident, others: others[incident.id] ?? [])
    }
    return joined.sorted { ($0.startedAt, $0.id) < ($1.startedAt, $1.id) }
  }

  /// Every report, the primary one first.
  public var reports: [Incident] { [primary] + others }
  /// The identity of the primary report.
  public var id: IncidentID { primary.id }
  /// When the first report says that it began.
  public var startedAt: Date { reports.map(\.startedAt).min() ?? primary.startedAt }
  /// When it ended: as the primary report says, else the latest that any says.
  public var resolvedAt: Date? { primary.resolvedAt ?? others.compactMap(\.resolvedAt).max() }
  /// How sure all reports together are, 0 to 1.
  public var confidence: Double { primary.combinedConfidence ?? primary.confidence }
  /// The report that says best which commit is behind it: a revert names what it takes back, a failed deployment only what came last.
  public var blaming: Incident? {
    reports.first { $0.causeSHA != nil && $0.source == .revert } ?? reports.first { $0.causeSHA != nil }
  }
}
