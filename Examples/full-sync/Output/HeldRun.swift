import KoalrCore

/// How the last run into a store ended, for showing a store without a run: it must not look whole when it is not.
struct HeldRun {
  /// What the marks of the runs say is missing.
  var gaps: [SyncGap] = []

  /// The scope of a run's own checkpoint; see Documentation/Export.md.
  private static let scope = SourceID(unchecked: "run")

  init(_ store: any Store) async throws {
    for connection in try await store.all(RecordQuery(Connection.self)) {
      guard let mark = try await store.checkpoint(Self.scope, connection: connection.id) else { continue }
      let run = "the run of \(ISO8601Time.format(mark.time))"
      if !mark.complete {
        gaps.append(SyncGap(connection: connection.id, what: "the rest of \(run)", why: "it was interrupted; start it again"))
      } else if mark.gaps > 0 {
        gaps.append(SyncGap(connection: connection.id, what: "\(mark.gaps) parts", why: "\(run) could not read them; sync again"))
      }
    }
  }
}
