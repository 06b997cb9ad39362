#if SQLite
/// The statements over records. Each way of reading has one text, so that each is compiled once.
package enum RecordSQL {
  // MARK: Writing

  package static let insert = """
    INSERT INTO record (kind, connection, id, repository, time, version, parts, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING
    """
  static let stored = """
    SELECT rowid, repository, time, version, parts, body FROM record WHERE kind = ? AND connection = ? AND id = ?
    """
  /// Touches no index.
  static let updateInPlace = "UPDATE record SET version = ?, parts = ?, body = ? WHERE rowid = ?"
  static let updateAndMove = "UPDATE record SET version = ?, parts = ?, body = ?, repository = ?, time = ? WHERE rowid = ?"
  static let version = "SELECT rowid, version FROM record WHERE kind = ? AND connection = ? AND id = ?"
  static let delete = "DELETE FROM record WHERE rowid = ?"
  static let set = "SELECT rowid, id FROM record WHERE kind = ? AND connection = ?"
  static let repositorySet = "SELECT rowid, id FROM record WHERE kind = ? AND repository = ? AND connection = ?"

  static let anyTombstone = "SELECT 1 FROM tombstone WHERE kind = ? AND connection = ? LIMIT 1"
  static let tombstone = "SELECT time FROM tombstone WHERE kind = ? AND connection = ? AND id = ?"
  static let bury = """
    INSERT INTO tombstone (kind, connection, id, time) VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET time = max(time, excluded.time)
    """
  static let unbury = "DELETE FROM tombstone WHERE kind = ? AND connection = ? AND id = ?"

  /// Go from kind to kind through the index instead of reading every row.
  static let nextRecordKind = "SELECT kind FROM record WHERE kind > ? ORDER BY kind LIMIT 1"
  static let nextTombstoneKind = "SELECT kind FROM tombstone WHERE kind > ? ORDER BY kind LIMIT 1"
  static let forgetRecords = "DELETE FROM record WHERE kind = ? AND connection = ?"
  static let forgetTombstones = "DELETE FROM tombstone WHERE kind = ? AND connection = ?"

  // MARK: Reading

  static let one = "SELECT body FROM record WHERE kind = ? AND connection = ? AND id = ?"

  /// A page; the bounds are always there, so a window or a position needs no text of its own.
  static func page(inRepository: Bool, ofConnection: Bool, newestFirst: Bool) -> String {
    let (bounds, order) = newestFirst ? ("< (?, ?, ?) AND time >= ?", " DESC") : ("> (?, ?, ?) AND time < ?", "")
    return "SELECT connection, id, body FROM record WHERE kind = ?\(filter(inRepository, ofConnection))"
      + " AND (time, connection, id) \(bounds) ORDER BY time\(order), connection\(order), id\(order) LIMIT ?"
  }

  /// What a query has over all its pages, in no order.
  static func whole(_ columns: Columns, inRepository: Bool, ofConnection: Bool, inWindow: Bool) -> String {
    let window = inWindow ? " AND time >= ? AND time < ?" : ""
    return "SELECT \(columns.rawValue) FROM record WHERE kind = ?\(filter(inRepository, ofConnection))\(window)"
  }

  /// What a statement over a whole query gives.
  enum Columns: String, CaseIterable {
    case count = "count(*)"
    case bodies = "id, body"
  }

  /// Counts no further than a limit.
  static let countUpTo = "SELECT count(*) FROM (SELECT 1 FROM record WHERE kind = ? LIMIT ?)"

  private static func filter(_ inRepository: Bool, _ ofConnection: Bool) -> String {
    // The sign keeps the connection out of the choice of an index: as a constant it would make SQLite sort what is in order already.
    (inRepository ? " AND repository = ?" : "") + (ofConnection ? " AND +connection = ?" : "")
  }
}
#endif
