#if SQLite
import Foundation
import KoalrCore
import KoalrSQLiteStorage
import KoalrTesting
import PeerSupport

/// Starts writers, kills them, and compares the file with what the script says must be there.
struct Soak {
  private let options: Options
  private var random: SeededGenerator
  /// What the script says, as far as it was compared.
  private let model = InMemoryStore()
  private var batch = 0

  init(_ options: Options) {
    self.options = options
    random = SeededGenerator(seed: options.seed)
  }

  /// Returns whether nothing was lost.
  mutating func run() async throws -> Bool {
    var acknowledged = 0
    var halfway = 0
    for kill in 1...options.kills {
      let last = try killedWriter(afterMilliseconds: Int.random(in: 1...120, using: &random))
      if let problem = try await problem(acknowledged: max(acknowledged, last)) {
        print("LOST after kill \(kill) of \(options.kills), seed \(options.seed), \(options.file.path): \(problem)")
        return false
      }
      halfway += batch > last ? 1 : 0
      acknowledged = batch
    }
    print("\(options.kills) kills, \(acknowledged) batches, \(halfway) kills between commit and acknowledgement: nothing lost")
    try Self.removeFiles(of: options.file)
    return true
  }

  /// Runs a writer for a while and kills it; returns the last batch it acknowledged.
  private func killedWriter(afterMilliseconds milliseconds: Int) throws -> Int {
    let acknowledgements = options.file.appendingPathExtension("acknowledged")
    try Data().write(to: acknowledgements)
    let program = CommandLine.arguments[0]
    let writer = try TestProgram(
      ["sh", "-c", "exec \"$0\" write \"$1\" > \"$2\"", program, options.file.path, acknowledgements.path])
    // The first acknowledgement may take a while on a busy machine; a writer that was killed before it proves little.
    while try Data(contentsOf: acknowledgements).isEmpty, !writer.hasEnded { usleep(1_000) }
    usleep(UInt32(milliseconds) * 1_000)
    guard writer.discard() == SIGKILL else { throw SoakError(description: "The writer ended by itself.") }
    let lines = String(decoding: try Data(contentsOf: acknowledgements), as: UTF8.self).split(separator: "\n")
    return lines.last.flatMap { Int($0) } ?? 0
  }

  /// Says what is wrong with the file, or `nil`.
  private mutating func problem(acknowledged: Int) async throws -> String? {
    let database = try await SQLiteDatabase(at: options.file)
    if let damage = try await database.integrityCheck().first { return damage }
    let last = try await Self.lastBatch(in: database.store)
    guard last >= acknowledged else { return "batch \(acknowledged) was acknowledged, the file ends with \(last)" }
    while batch < last {
      batch += 1
      try await model.write(Script.batch(batch))
    }
    let found = try await Self.records(in: database.store), expected = try await Self.records(in: model)
    return found == expected ? nil : "the file is not what batches 1 to \(last) make"
  }

  static func lastBatch(in store: some Store) async throws -> Int {
    try await store.checkpoint(Script.scope, connection: Script.connection)?.cursor.flatMap { Int($0) } ?? 0
  }

  private static func records(in store: some Store) async throws -> [[UInt8]] {
    var lines: [[UInt8]] = []
    for try await line in StoreExport(store).lines { lines.append(line) }
    return lines
  }

  private static func removeFiles(of file: URL) throws {
    for suffix in ["", "-wal", "-shm", ".acknowledged"] {
      let path = file.path + suffix
      if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
    }
  }
}

struct SoakError: Error, CustomStringConvertible {
  var description: String
}
#endif
