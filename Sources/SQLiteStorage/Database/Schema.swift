#if SQLite
import CKoalrSQLite
import KoalrDomain
import KoalrStorage

/// The tables of a database file, version by version. A version is never edited: the next one changes what it made.
enum Schema {
  /// What SQLite calls the application's id: "Koal".
  static let applicationID = 0x4B6F_616C

  /// The present version.
  static var version: Int { migrations.count }

  /// What leads from each version to the next; the first one starts from an empty file.
  static let migrations = [records, jobs, secrets, timesOnDemand]

  /// Version 1: records and tombstones.
  ///
  /// `time` is what records are ordered by: seconds since 2001-01-01 UTC, and minus infinity for none, which sorts first.
  /// `version` is that of the part `whole`, `parts` the versions of all parts where there are others. `body` is the record in CBOR.
  private static let records = """
    CREATE TABLE record (
      kind TEXT NOT NULL, connection TEXT NOT NULL, id TEXT NOT NULL, repository TEXT, time REAL NOT NULL,
      version REAL, parts BLOB, body BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX record_by_id ON record (kind, connection, id);
    CREATE INDEX record_by_time ON record (kind, time, connection, id);
    CREATE INDEX record_by_repository ON record (kind, repository, time, connection, id) WHERE repository IS NOT NULL;
    CREATE TABLE tombstone (
      kind TEXT NOT NULL, connection TEXT NOT NULL, id TEXT NOT NULL, time REAL NOT NULL,
      PRIMARY KEY (kind, connection, id)
    ) STRICT, WITHOUT ROWID;
    """

  /// Version 2: jobs.
  ///
  /// `state` is 0 due, 1 delayed, 2 claimed, 3 dead; `time` is since when a job is due or dead, until when it is delayed or
  /// claimed, in seconds since 2001-01-01 UTC. A job is in the index of its state alone, so that what waits costs nothing; the
  /// index holds the state all the same, or SQLite 3.40 would read each row to see it. Numbers are never used twice, because an id
  /// and an attempt together are a lease. The payload comes last: what is read or compared lies before it.
  private static let jobs = """
    CREATE TABLE job (
      number INTEGER PRIMARY KEY AUTOINCREMENT, state INTEGER NOT NULL, time REAL NOT NULL, priority INTEGER NOT NULL,
      attempts INTEGER NOT NULL DEFAULT 0, maximum_attempts INTEGER NOT NULL, not_before REAL, kind TEXT NOT NULL, key TEXT,
      worker TEXT, reason TEXT, payload BLOB NOT NULL
    );
    CREATE INDEX job_due ON job (state, priority DESC, time) WHERE state = 0;
    CREATE INDEX job_delayed ON job (state, time) WHERE state = 1;
    CREATE INDEX job_claimed ON job (state, time) WHERE state = 2;
    CREATE INDEX job_dead ON job (state, time) WHERE state = 3;
    CREATE UNIQUE INDEX job_by_key ON job (key) WHERE key IS NOT NULL AND state <> 3;
    """

  /// Version 3: sealed secrets.
  private static let secrets = """
    CREATE TABLE secret (
      connection TEXT NOT NULL, name TEXT NOT NULL, sealed TEXT NOT NULL, PRIMARY KEY (connection, name)
    ) WITHOUT ROWID;
    """

  /// Version 4: the index by time is made when it is first asked for, see ``TimeIndex``.
  private static let timesOnDemand = "DROP INDEX record_by_time"

  /// Brings a database to the present version, each step in a transaction of its own: one that fails leaves the version before it.
  static func migrate(_ connection: SQLiteConnection, file: String, steps migrations: [String] = migrations) throws {
    while true {
      let found = try check(connection, file: file)
      if found >= migrations.count { return }
      try connection.transaction {
        // Another process may have been faster.
        guard try connection.number("PRAGMA user_version") == found else { return }
        try connection.execute(migrations[found])
        try connection.execute("PRAGMA application_id = \(applicationID); PRAGMA user_version = \(found + 1)")
      }
    }
  }

  /// Returns the version of a file, or refuses one that is not ours, of no version there is, or newer than we are.
  static func check(_ connection: SQLiteConnection, file: String) throws -> Int {
    let application = try connection.number("PRAGMA application_id")
    let found = try connection.number("PRAGMA user_version")
    let isEmpty = try connection.number("SELECT count(*) FROM sqlite_schema") == 0
    // Both numbers are written together, so a file of ours has a version.
    if application == applicationID, found < 1 {
      throw StoreError(
        .damaged, operation: "open \(file)",
        reason: "its header says schema \(found), which there never was; restore a backup, or delete it and sync again.")
    }
    guard application == applicationID || (isEmpty && application == 0 && found == 0) else {
      throw StoreError(
        .invalid, operation: "open \(file)", reason: "it is a database of another program; name another file.")
    }
    guard found <= version else {
      throw StoreError(
        .invalid, operation: "open \(file)",
        reason: "it was written by a newer version (schema \(found), this one knows \(version)); update this program.")
    }
    return found
  }

  /// Names the tables and indexes that the present version has and the file does not, one sentence for each.
  static func missing(in connection: SQLiteConnection) throws -> [String] {
    let parts = "SELECT type || ' \"' || name || '\"' FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name"
    let pattern = try SQLiteConnection(path: ":memory:", flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, busySeconds: 0)
    for migration in migrations { try pattern.execute(migration) }
    let found = Set(try connection.texts(parts))
    return try pattern.texts(parts).filter { !found.contains($0) }.map { "The \($0) is missing." }
  }
}
#endif
