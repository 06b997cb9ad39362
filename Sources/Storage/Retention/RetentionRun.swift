import KoalrDomain

/// One application of a policy to one store.
struct RetentionRun: Sendable {
  let store: any Store
  let action: RetentionPolicy.Action
  let cutoff: Date
  let pageSize: Int
  let changes: ChangeLookup

  func isOld(_ time: Date?) -> Bool { time.map { $0 < cutoff } ?? false }

  func verdict(on record: some SettledRecord) -> RetentionVerdict {
    switch record.standing {
    case .settled(let time): isOld(time) ? .goes(counting: record.events) : .stays
    case .open: record.recordTime.map { $0 < cutoff } ?? true ? .staysOpen : .stays
    }
  }

  /// Asks for a verdict on each record, page by page, and carries it out.
  ///
  /// - Parameter readsAll: Whether young records may go as well; otherwise pages end where young records begin.
  func sweep<Record: StoredRecord>(
    _ type: Record.Type, readsAll: Bool, verdict: (Held<Record>) async throws -> RetentionVerdict
  ) async throws -> RetentionReport.Numbers {
    var numbers = RetentionReport.Numbers()
    var query = RecordQuery(type, limit: pageSize)
    while true {
      try Task.checkCancellation()
      let page = try await store.page(query)
      var removals: [ByteText: [Removal]] = [:]
      for held in page.records {
        switch try await verdict(held) {
        case .stays: continue
        case .staysOpen: numbers.keptOpen += 1
        case .goes(let events):
          removals[ByteText(held.connection.rawValue), default: []].append(Removal(id: held.value.recordID, events: events))
        }
      }
      for (connection, records) in removals.sorted(by: { $0.key < $1.key }) {
        numbers += try await remove(type, records, of: ConnectionID(unchecked: connection.text))
      }
      guard let next = page.next, readsAll || next.time == nil || isOld(next.time) else { return numbers }
      query.after = next
    }
  }

  private struct Removal {
    let id: RecordID
    let events: [ActivityEvent]
  }

  /// Removes records, and counts them in the same batch where the policy says so.
  private func remove<Record: StoredRecord>(
    _ type: Record.Type, _ records: [Removal], of connection: ConnectionID
  ) async throws -> RetentionReport.Numbers {
    var rollUp = RollUp(store: store, connection: connection)
    var numbers = RetentionReport.Numbers(removed: records.count)
    if action == .rollUp {
      for record in records where try await rollUp.count(record.events) { numbers.rolledUp += 1 }
    }
    var batch = StoreBatch(connection: connection)
    batch.upsert(rollUp.changed)
    // Without a version, so that no tombstone stays: the record may come back.
    for record in records { batch.delete(type, id: record.id) }
    try await store.write(batch)
    return numbers
  }
}
