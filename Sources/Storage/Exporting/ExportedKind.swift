import KoalrDomain

/// One kind of record, as exports, imports and summaries meet it.
struct ExportedKind: Sendable {
  let kind: RecordKind
  /// Returns how many records of it there are.
  let count: @Sendable (any Store) async throws -> Int
  /// Lists the records of it in the order of their lines.
  let entries: @Sendable (any Store, inout ExportNames) async throws -> [ExportEntry]
  /// Writes one of them as a line, or `nil` when it is gone.
  let line: @Sendable (any Store, ExportEntry, ExportNames) async throws -> [UInt8]?
  /// Reads the value of a line.
  let decode: @Sendable (KeyedDecodingContainer<ImportLine.Member>) throws -> any StoredRecord

  /// Every kind, in the order of an export: first what others are named by.
  static let all: [ExportedKind] = [
    ExportedKind(Connection.self), ExportedKind(Repository.self), ExportedKind(Change.self), ExportedKind(Commit.self),
    ExportedKind(CodeOwnersSnapshot.self), ExportedKind(Deployment.self), ExportedKind(Issue.self), ExportedKind(Incident.self),
    ExportedKind(Team.self), ExportedKind(Contributor.self), ExportedKind(RepositoryCoverage.self),
    ExportedKind(ChangeCoverage.self), ExportedKind(Vulnerability.self), ExportedKind(LicenseIssue.self),
    ExportedKind(RiskAssessment.self), ExportedKind(ActivitySummary.self), ExportedKind(Webhook.self),
    ExportedKind(ChangeDependencies.self), ExportedKind(Certificate.self), ExportedKind(CodeOwnersVersion.self),
    ExportedKind(OwnershipEvent.self), ExportedKind(OwnershipReport.self), ExportedKind(SyncCheckpoint.self),
  ]

  static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.kind.rawValue, $0) })

  init<Record: ExportedRecord>(_ type: Record.Type) {
    kind = Record.kind
    count = { store in try await store.count(RecordQuery(type)) }
    entries = { store, names in try await ExportEntry.list(type, store, &names) }
    line = { store, entry, names in
      guard let record = try await store.record(type, id: entry.id, connection: entry.connection) else { return nil }
      return try entry.line(of: record, names)
    }
    decode = { container in try container.decode(type, forKey: .value) }
  }
}
