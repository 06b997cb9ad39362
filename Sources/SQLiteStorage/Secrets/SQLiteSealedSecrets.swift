#if SQLite
public import KoalrDomain
public import KoalrStorage

extension SQLiteDatabase {
  /// The sealed secrets of this file.
  public var sealedSecrets: SQLiteSealedSecrets { SQLiteSealedSecrets(database: self) }
}

/// Keeps sealed secrets in the table `secret` of a database file.
///
/// What was replaced or removed is gone from the bytes of the file and of its log when the call returns, unless another process was
/// reading an older state all the while: then the log is emptied by the next such call, or when the last process closes the file.
/// Backups keep what they hold.
public struct SQLiteSealedSecrets: SealedSecretStorage {
  private let database: SQLiteDatabase

  init(database: SQLiteDatabase) { self.database = database }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension SQLiteSealedSecrets {
  public func write(_ sealed: SealedSecret, at place: SecretPlace) async throws {
    try await database.writer.erasing("write the sealed secret \"\(place.name)\" of \"\(place.connection)\"") { connection in
      try connection.prepared(
        "INSERT INTO secret (connection, name, sealed) VALUES (?, ?, ?) "
          + "ON CONFLICT (connection, name) DO UPDATE SET sealed = excluded.sealed"
      ).text(place.connection.rawValue).text(place.name.rawValue).text(sealed.rawValue).run()
    }
  }

  public func exchange(_ old: SealedSecret, for new: SealedSecret, at place: SecretPlace) async throws -> Bool {
    try await database.writer.erasing("exchange the sealed secret \"\(place.name)\" of \"\(place.connection)\"") { connection in
      try connection.prepared("UPDATE secret SET sealed = ? WHERE connection = ? AND name = ? AND sealed = ?")
        .text(new.rawValue).text(place.connection.rawValue).text(place.name.rawValue).text(old.rawValue).run()
      return connection.changes > 0
    }
  }

  public func sealed(at place: SecretPlace) async throws -> SealedSecret? {
    try await database.reader.run("read the sealed secret \"\(place.name)\" of \"\(place.connection)\"") { connection in
      let rows = try connection.prepared("SELECT sealed FROM secret WHERE connection = ? AND name = ?")
        .text(place.connection.rawValue).text(place.name.rawValue)
      defer { rows.begin() }
      return try rows.step() ? SealedSecret(rawValue: rows.text(0)) : nil
    }
  }

  @discardableResult
  public func remove(at place: SecretPlace) async throws -> Bool {
    try await database.writer.erasing("remove the sealed secret \"\(place.name)\" of \"\(place.connection)\"") { connection in
      try connection.prepared("DELETE FROM secret WHERE connection = ? AND name = ?")
        .text(place.connection.rawValue).text(place.name.rawValue).run()
      return connection.changes > 0
    }
  }

  public func places(of connection: ConnectionID?) async throws -> [SecretPlace] {
    try await database.reader.run("list the sealed secrets") { database in
      let rows = try database.prepared(
        "SELECT connection, name FROM secret WHERE ?1 IS NULL OR connection = ?1 ORDER BY connection, name"
      ).text(connection?.rawValue)
      defer { rows.begin() }
      var places: [SecretPlace] = []
      while try rows.step() {
        places.append(
          SecretPlace(connection: ConnectionID(unchecked: rows.text(0)), name: SecretName(unchecked: rows.text(1))))
      }
      return places
    }
  }
}
#endif
