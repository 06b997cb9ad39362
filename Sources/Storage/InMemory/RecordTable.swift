import KoalrDomain

/// What a store does with the records of one kind without knowing their type.
protocol AnyRecordTable: AnyObject {
  /// Removes a record, unless it is newer than the deletion. Returns whether it is gone.
  func delete(_ key: RowKey, version: Date?) -> Bool
  /// Removes the records of a repository (or of all) and connection that are not kept. Returns how many those are.
  @discardableResult
  func removeAll(of connection: ByteText, in repository: RepositoryID?, except kept: Set<ByteText>) -> Int
}

/// The records of one kind, with an order over all of them and one for each repository.
final class RecordTable<Record: StoredRecord>: AnyRecordTable {
  private var rows: [RowKey: StampedRecord<Record>] = [:]
  private var order = SortedChunks<OrderKey>()
  private var repositoryOrders: [ByteText: SortedChunks<OrderKey>] = [:]

  subscript(key: RowKey) -> Record? { rows[key]?.value }

  func upsert(_ record: Record, at key: RowKey) {
    guard let index = rows.index(forKey: key) else {
      rows[key] = StampedRecord(record)
      insertIntoOrders(record, at: key)
      return
    }
    let old = rows.values[index].value
    rows.values[index].merge(record)
    let new = rows.values[index].value
    guard old.recordTime != new.recordTime || old.recordRepository != new.recordRepository else { return }
    removeFromOrders(old, at: key)
    insertIntoOrders(new, at: key)
  }

  func delete(_ key: RowKey, version: Date?) -> Bool {
    guard let row = rows[key] else { return true }
    guard row.yields(toDeletionAt: version) else { return false }
    remove(key)
    return true
  }

  func removeAll(of connection: ByteText, in repository: RepositoryID?, except kept: Set<ByteText>) -> Int {
    let order = order(of: repository)
    var missing: [RowKey] = []
    var position = order.start
    while position != order.end {
      let key = order[position].row
      if key.connection == connection, !kept.contains(key.id) { missing.append(key) }
      position = order.position(after: position)
    }
    for key in missing { remove(key) }
    return missing.count
  }

  // MARK: Reading

  func page(_ query: RecordQuery<Record>) -> RecordPage<Record> {
    let order = order(of: query.repository)
    var (position, end) = bounds(of: query, in: order)
    var page: [Held<Record>] = []
    while position != end {
      if query.newestFirst { end = order.position(before: end) }
      let key = order[query.newestFirst ? end : position]
      if !query.newestFirst { position = order.position(after: position) }
      guard query.connection.map({ ByteText($0.rawValue) == key.row.connection }) ?? true, let value = rows[key.row]?.value
      else { continue }
      if page.count == max(1, query.limit) { return RecordPage(page, next: page.last.map(\.position)) }
      page.append(Held(connection: ConnectionID(unchecked: key.row.connection.text), value: value))
    }
    return RecordPage(page, next: nil)
  }

  func count(_ query: RecordQuery<Record>) -> Int {
    var query = query
    query.after = nil
    let order = order(of: query.repository)
    var (position, end) = bounds(of: query, in: order)
    guard let connection = query.connection.map({ ByteText($0.rawValue) }) else {
      return order.distance(from: position, to: end)
    }
    var count = 0
    while position != end {
      if order[position].row.connection == connection { count += 1 }
      position = order.position(after: position)
    }
    return count
  }

  /// The places between which the records of a page, and all behind them, lie.
  private func bounds(
    of query: RecordQuery<Record>, in order: SortedChunks<OrderKey>
  ) -> (SortedChunks<OrderKey>.Position, SortedChunks<OrderKey>.Position) {
    let window = query.times.map { $0.lowerBound.timeIntervalSince1970..<$0.upperBound.timeIntervalSince1970 }
    let after = query.after.map { OrderKey(seconds: $0.time.sortSeconds, row: RowKey($0.connection, $0.id)) }
    func isBeforeStart(_ key: OrderKey) -> Bool {
      if let window, key.seconds < window.lowerBound { return true }
      return query.newestFirst ? false : after.map { key <= $0 } ?? false
    }
    func isBeforeEnd(_ key: OrderKey) -> Bool {
      if let window, key.seconds >= window.upperBound { return false }
      return query.newestFirst ? after.map { key < $0 } ?? true : true
    }
    let start = order.firstPosition(after: isBeforeStart)
    let end = order.firstPosition(after: isBeforeEnd)
    return order.distance(from: start, to: end) > 0 ? (start, end) : (start, start)
  }

  // MARK: Orders

  private func order(of repository: RepositoryID?) -> SortedChunks<OrderKey> {
    guard let repository else { return order }
    return repositoryOrders[ByteText(repository.rawValue)] ?? SortedChunks()
  }

  private func remove(_ key: RowKey) {
    guard let row = rows.removeValue(forKey: key) else { return }
    removeFromOrders(row.value, at: key)
  }

  private func insertIntoOrders(_ record: Record, at key: RowKey) {
    let place = OrderKey(seconds: record.recordTime.sortSeconds, row: key)
    order.insert(place)
    guard let repository = record.recordRepository else { return }
    repositoryOrders[ByteText(repository.rawValue), default: SortedChunks()].insert(place)
  }

  private func removeFromOrders(_ record: Record, at key: RowKey) {
    let place = OrderKey(seconds: record.recordTime.sortSeconds, row: key)
    order.remove(place)
    guard let repository = record.recordRepository.map({ ByteText($0.rawValue) }) else { return }
    repositoryOrders[repository]?.remove(place)
    if repositoryOrders[repository]?.count == 0 { repositoryOrders[repository] = nil }
  }
}

extension RowKey {
  init(_ connection: ConnectionID, _ id: RecordID) {
    self.init(connection: ByteText(connection.rawValue), id: ByteText(id.rawValue))
  }
}

extension Date? {
  /// What it is sorted by: no time comes first.
  fileprivate var sortSeconds: Double { self?.timeIntervalSince1970 ?? -.infinity }
}

extension Held {
  /// Where a page ends that has this record last.
  package var position: RecordPosition {
    RecordPosition(time: value.recordTime, connection: connection, id: value.recordID)
  }
}
