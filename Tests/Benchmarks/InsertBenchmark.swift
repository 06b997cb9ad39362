#if SQLite
import CKoalrBaseline
import Foundation
import KoalrCore
import KoalrSQLiteStorage

/// Inserts new records in batches of 500: plain C, Swift with records that are encoded already, Swift with encoding.
struct InsertBenchmark {
  private let records = 50_000
  private let rounds = 7
  private let connection = ConnectionID(unchecked: "github")

  func run() async throws {
    let folder = try BenchmarkFolder()
    defer { try? folder.remove() }
    let batches = batches()
    let encoded = try batches.map { try EncodedBatch($0) }
    let rows = encoded.flatMap(\.operations).compactMap { if case .upsert(let record) = $0 { record } else { nil } }
    let bytes = rows.reduce(0) { $0 + $1.body.count }
    print("insert \(records) new records in batches of 500, \(bytes / records) bytes a body, \(rounds) rounds in turn")
    var inC = Measurement()
    var alreadyEncoded = Measurement()
    var withEncoding = Measurement()
    for _ in 0..<rounds {
      try await insertInC(rows, folder.newFile(), into: &inC)
      try await insert(into: folder.newFile(), &alreadyEncoded) { store in for batch in encoded { try await store.write(batch) } }
      try await insert(into: folder.newFile(), &withEncoding) { store in for batch in batches { try await store.write(batch) } }
    }
    show("plain C, the same statement", inC, against: inC)
    show("Swift, encoded already", alreadyEncoded, against: inC)
    show("Swift, with encoding", withEncoding, against: inC)
  }

  private func show(_ name: String, _ measurement: Measurement, against base: Measurement) {
    let rate = Int(Double(records) / measurement.median / 1000)
    print(
      "\(name): \(rate)k rows/s, \(measurement.milliseconds), \(String(format: "%.2f", base.median / measurement.median)) of C")
  }

  private func batches() -> [StoreBatch] {
    stride(from: 0, to: records, by: 500).map { start in
      var batch = StoreBatch(connection: connection)
      for number in start..<min(start + 500, records) { batch.upsert(issue(number)) }
      return batch
    }
  }

  private func issue(_ number: Int) -> Issue {
    let time = Date(timeIntervalSince1970: 1_790_000_000 + Double(number))
    return Issue(
      id: SourceID(unchecked: "I_kwDO\(number)"), repositoryID: RepositoryID(unchecked: "R_kgDO\(number % 100)"), number: number,
      state: .closed, title: "Something with a title of the usual length, number \(number)", author: Login(rawValue: "octocat"),
      createdAt: time, updatedAt: time, closedAt: time,
      labels: (0..<18).map { "a label of some length \($0)" })
  }

  private func insert(
    into file: URL, _ measurement: inout Measurement, _ body: (SQLiteStore) async throws -> Void
  ) async throws {
    let store = try await SQLiteDatabase(at: file).store
    try await measurement.measure { try await body(store) }
  }

  private func insertInC(_ rows: [EncodedRecord], _ file: URL, into measurement: inout Measurement) async throws {
    // The tables, and nothing else: the database is closed before C opens it.
    _ = try await SQLiteDatabase(at: file)
    let texts = CTexts()
    let plain = rows.map { row in
      koalr_row(
        kind: texts.pointer(row.kind), connection: texts.pointer(connection.rawValue), id: texts.pointer(row.id),
        repository: row.repository.map(texts.pointer), time: row.time, version: row.version ?? 0, body: texts.pointer(row.body),
        body_count: Int64(row.body.count))
    }
    let statements: [UnsafePointer<CChar>] = [texts.pointer(RecordSQL.insert)]
    var code: Int32 = 0
    await measurement.measure { code = koalr_baseline_write(file.path, statements, 1, plain, Int64(plain.count), 500) }
    guard code == 0 else { throw BenchmarkError(description: "The baseline failed with SQLite's code \(code).") }
  }
}

/// Copies of texts and bytes that C may read as long as this value lives.
final class CTexts {
  private var copies: [UnsafeMutableRawPointer] = []

  func pointer(_ text: String) -> UnsafePointer<CChar> {
    UnsafeRawPointer(pointer(Array(text.utf8) + [0])).assumingMemoryBound(to: CChar.self)
  }

  func pointer(_ bytes: [UInt8]) -> UnsafeRawPointer {
    let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
    bytes.withUnsafeBytes { if let start = $0.baseAddress { copy.copyMemory(from: start, byteCount: $0.count) } }
    copies.append(copy)
    return UnsafeRawPointer(copy)
  }

  deinit { for copy in copies { copy.deallocate() } }
}
#endif
