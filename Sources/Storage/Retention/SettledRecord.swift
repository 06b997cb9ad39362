import KoalrDomain

/// A record that is open until something decides it.
protocol SettledRecord: StoredRecord {
  /// Whether it is decided, and since when.
  var standing: Standing { get }
  /// What a roll-up counts of it.
  var events: [ActivityEvent] { get }
}

/// Whether a record is decided.
enum Standing {
  case open
  /// Decided; `nil` when nobody knows when. The time is never before the record's own.
  case settled(Date?)
}

/// A record that says more about a change.
protocol ChangeDetail: StoredRecord {
  /// The change; `nil` when it is about something else.
  var detailedChange: ChangeID? { get }
  /// What a roll-up counts of it, on the day of its change.
  func events(with change: Change) -> [ActivityEvent]
}

extension Change: SettledRecord {
  var standing: Standing { state == .open ? .open : .settled(updatedAt) }
}

extension Commit: SettledRecord {
  var standing: Standing { .settled(committedAt) }
}

extension Deployment: SettledRecord {
  var standing: Standing { .settled(createdAt) }
}

extension Issue: SettledRecord {
  var standing: Standing { state == .open ? .open : .settled(updatedAt) }
}

extension Incident: SettledRecord {
  var standing: Standing { resolvedAt.map { .settled(max($0, startedAt)) } ?? .open }
}

extension Finding {
  fileprivate var standing: Standing { status == .open ? .open : .settled(updatedAt ?? resolvedAt) }
}

extension Vulnerability: SettledRecord {
  var standing: Standing { finding.standing }
  var events: [ActivityEvent] { [] }
}

extension LicenseIssue: SettledRecord {
  var standing: Standing { finding.standing }
  var events: [ActivityEvent] { [] }
}

extension OwnershipEvent: SettledRecord {
  var standing: Standing { resolvedAt.map { .settled(max($0, openedAt)) } ?? .open }
  var events: [ActivityEvent] { [] }
}

extension RiskAssessment: ChangeDetail {
  var detailedChange: ChangeID? { if case .change(let id) = subject { id } else { nil } }
}

extension ChangeDependencies: ChangeDetail {
  var detailedChange: ChangeID? { changeID }
  func events(with change: Change) -> [ActivityEvent] { [] }
}

extension ChangeCoverage: ChangeDetail {
  var detailedChange: ChangeID? { changeID }
  func events(with change: Change) -> [ActivityEvent] { [] }
}
