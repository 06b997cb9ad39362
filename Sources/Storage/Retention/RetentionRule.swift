import KoalrDomain

/// What retention does with one kind of record.
package struct RetentionRule: Sendable {
  /// The kind.
  package let kind: RecordKind
  /// Applies the rule to all records of the kind.
  let apply: @Sendable (RetentionRun) async throws -> RetentionReport.Numbers

  /// One rule for each kind, in the order they are applied: what belongs to a change first, because it is counted by the day of its
  /// change.
  package static let all: [RetentionRule] = [
    .withItsChange(RiskAssessment.self),
    .withItsChange(ChangeCoverage.self),
    .withItsChange(ChangeDependencies.self),
    .onceSettled(Change.self),
    .onceSettled(Commit.self),
    .onceSettled(Deployment.self),
    .onceSettled(Issue.self),
    .onceSettled(Incident.self),
    .onceSettled(Vulnerability.self),
    .onceSettled(LicenseIssue.self),
    .onceSettled(OwnershipEvent.self),
    .exceptNewest(RepositoryCoverage.self),
    .exceptNewest(OwnershipReport.self),
    .onceSuperseded(CodeOwnersVersion.self),
    .never(Connection.self),
    .never(Repository.self),
    .never(CodeOwnersSnapshot.self),
    .never(Team.self),
    .never(Contributor.self),
    .never(ActivitySummary.self),
    .never(Webhook.self),
    .never(Certificate.self),
    .never(SyncCheckpoint.self),
  ]

  private static func never<Record: StoredRecord>(_ type: Record.Type) -> Self {
    Self(kind: Record.kind) { _ in RetentionReport.Numbers() }
  }

  private static func onceSettled<Record: SettledRecord>(_ type: Record.Type) -> Self {
    Self(kind: Record.kind) { run in
      try await run.sweep(type, readsAll: false) { held in run.verdict(on: held.value) }
    }
  }

  private static func exceptNewest<Record: StoredRecord>(_ type: Record.Type) -> Self {
    Self(kind: Record.kind) { run in
      try await run.sweep(type, readsAll: false) { held in
        guard run.isOld(held.value.recordTime) else { return .stays }
        let query = RecordQuery(
          type, connection: held.connection, repository: held.value.recordRepository, newestFirst: true, limit: 1)
        let newest = try await run.store.page(query).records.first
        return newest?.value == held.value ? .stays : .goes(counting: [])
      }
    }
  }

  /// A version holds until the next one, so it goes when that is old.
  private static func onceSuperseded<Record: StoredRecord>(_ type: Record.Type) -> Self {
    Self(kind: Record.kind) { run in
      try await run.sweep(type, readsAll: false) { held in
        guard let time = held.value.recordTime, run.isOld(time) else { return .stays }
        let later = time.nextMillisecond
        guard later < run.cutoff else { return .stays }
        let query = RecordQuery(
          type, connection: held.connection, repository: held.value.recordRepository, times: later..<run.cutoff, limit: 1)
        return try await run.store.page(query).records.isEmpty ? .stays : .goes(counting: [])
      }
    }
  }

  private static func withItsChange<Record: ChangeDetail>(_ type: Record.Type) -> Self {
    Self(kind: Record.kind) { run in
      try await run.sweep(type, readsAll: true) { held in
        guard let id = held.value.detailedChange else { return .stays }
        if let change = try await run.changes.change(id, of: held.connection) {
          return run.verdict(on: change).isGoing ? .goes(counting: held.value.events(with: change)) : .stays
        }
        let others = try await run.changes.changes(id)
        return others.allSatisfy { run.verdict(on: $0).isGoing } ? .goes(counting: []) : .stays
      }
    }
  }
}

/// What becomes of one record.
enum RetentionVerdict {
  /// It is young, or its kind keeps it.
  case stays
  /// It would go, were it not open.
  case staysOpen
  /// It goes, and these events are what a roll-up counts of it.
  case goes(counting: [ActivityEvent])

  var isGoing: Bool { if case .goes = self { true } else { false } }
}
