extension Store {
  /// Reads every record of a query into one array. Only for what is known to be small, such as one repository's window.
  public func all<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> [Record] { try await all(of: query) }

  /// Reads one query after the other, page by page.
  public func all<each Record: StoredRecord>(
    of queries: repeat RecordQuery<each Record>
  ) async throws -> (repeat [each Record]) {
    (repeat try await records(of: each queries))
  }

  private func records<Record: StoredRecord>(of query: RecordQuery<Record>) async throws -> [Record] {
    var records: [Record] = []
    // Copying a record counts up every text in it, so each is copied once.
    try await forEachPage(query) { page in for held in page { records.append(held.value) } }
    return records
  }
}
