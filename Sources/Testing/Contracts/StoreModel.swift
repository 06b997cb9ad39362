import KoalrCore

/// The promises of a store, written as plainly as possible: one list, looked through for every question.
struct StoreModel {
  private struct Row {
    var connection: ConnectionID
    var value: any StoredRecord
    var versions: [RecordPart.Name: Date?]
  }

  private var rows: [Row] = []
  private var deletions: [(key: RecordKey, version: Date)] = []

  mutating func write(_ batch: StoreBatch) {
    for operation in batch.operations {
      switch operation {
      case .upsert(let record): upsert(record, batch.connection)
      case .delete(let kind, let id, let version):
        delete(RecordKey(connection: batch.connection, kind: kind, id: id), version)
      case .replace(let kind, let repository, let records):
        rows.removeAll { row in
          kind == Swift.type(of: row.value).kind && row.connection == batch.connection
            && (repository == nil || row.value.recordRepository == repository)
            && !records.contains { $0.recordID == row.value.recordID }
        }
        for record in records { upsert(record, batch.connection) }
      }
    }
  }

  /// Returns how many records it removes.
  mutating func forget(_ connection: ConnectionID) -> Int {
    let before = rows.count
    rows.removeAll { $0.connection == connection }
    deletions.removeAll { $0.key.connection == connection }
    return before - rows.count
  }

  private mutating func upsert<Record: StoredRecord>(_ record: Record, _ connection: ConnectionID) {
    let key = RecordKey(connection: connection, kind: Record.kind, id: record.recordID)
    let version = record.parts.first { $0.name == .whole }?.version
    for deletion in deletions where deletion.key == key {
      if let version, version <= deletion.version { return }
    }
    deletions.removeAll { $0.key == key }
    guard let index = index(of: key), var value = rows[index].value as? Record else {
      rows.append(Row(connection: connection, value: record, versions: [:]))
      for part in record.parts { rows[rows.count - 1].versions[part.name] = .some(part.version) }
      return
    }
    for part in record.parts {
      if case .some(.some(let stored)) = rows[index].versions[part.name], let new = part.version, new < stored { continue }
      rows[index].versions[part.name] = .some(part.version)
      value.take(part.name, from: record)
    }
    rows[index].value = value
  }

  private mutating func delete(_ key: RecordKey, _ version: Date?) {
    if let index = index(of: key) {
      if let version, case .some(.some(let stored)) = rows[index].versions[.whole], stored > version { return }
      rows.remove(at: index)
    }
    if let version { deletions.append((key, version)) }
  }

  private func index(of key: RecordKey) -> Int? {
    rows.firstIndex { row in
      row.connection == key.connection && type(of: row.value).kind == key.kind && row.value.recordID == key.id
    }
  }

  /// All records of a query, in order; limit and position aside.
  func records<Record: StoredRecord>(_ query: RecordQuery<Record>) -> [Held<Record>] {
    let found = rows.compactMap { row -> Held<Record>? in
      guard let value = row.value as? Record, query.connection == nil || query.connection == row.connection else { return nil }
      guard query.repository == nil || query.repository == value.recordRepository else { return nil }
      if let times = query.times {
        guard let time = value.recordTime, times.contains(time) else { return nil }
      }
      return Held(connection: row.connection, value: value)
    }
    let sorted = found.sorted { Self.place($0) < Self.place($1) }
    return query.newestFirst ? sorted.reversed() : sorted
  }

  private static func place<Record: StoredRecord>(_ held: Held<Record>) -> (Date, ConnectionID, RecordID) {
    (held.value.recordTime ?? Date(timeIntervalSince1970: -.infinity), held.connection, held.value.recordID)
  }
}
