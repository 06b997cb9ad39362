#if SQLite
import Foundation
import KoalrCore
import KoalrSQLiteStorage

/// Turns changes into bytes and back without a database: directly, through `Codable`, and as Foundation's JSON.
struct CodeBenchmark {
  private let changes = 2_500
  private var rounds = 21

  /// - Parameters:
  ///   - only: one of the six ways alone, for a profiler.
  ///   - rounds: how often, instead of the usual number.
  mutating func run(only: String?, rounds: Int?) async throws {
    self.rounds = rounds ?? self.rounds
    try await run(only: only)
  }

  private func run(only: String?) async throws {
    let records = (0..<changes).map(change)
    let stored = try records.map { try RecordCoder.encode($0) }
    let json = try records.map { try JSONEncoder().encode($0) }
    print("code \(changes) changes of \(stored.reduce(0) { $0 + $1.count } / changes) bytes, \(rounds) rounds")
    let ways: [(String, () throws -> Int)] = [
      ("encode", { try sum(records) { try RecordCoder.encode($0).count } }),
      ("encode-codable", { try sum(records) { try encodeGenerally($0).count } }),
      ("encode-json", { try sum(records) { try JSONEncoder().encode($0).count } }),
      ("decode", { try sum(stored) { try RecordCoder.decode(Change.self, from: $0).title.utf8.count } }),
      ("decode-codable", { try sum(stored) { try decodeGenerally($0).title.utf8.count } }),
      ("decode-json", { try sum(json) { try JSONDecoder().decode(Change.self, from: $0).title.utf8.count } }),
    ]
    var measurements = ways.map { _ in Measurement() }
    var total = 0
    for _ in 0..<rounds {
      for (place, way) in ways.enumerated() where only == nil || only == way.0 {
        try await measurements[place].measure { total += try way.1() }
      }
    }
    for (way, measurement) in zip(ways, measurements) where only == nil || only == way.0 {
      let each = String(format: "%.2f", (measurement.medianComputed ?? measurement.median) / Double(changes) * 1e6)
      print("\(way.0): \(each) µs computed each, \(measurement.milliseconds)")
    }
    guard total > 0 else { throw BenchmarkError(description: "Nothing was coded: no way is called \"\(only ?? "")\".") }
  }

  private func sum<Value>(_ values: [Value], _ body: (Value) throws -> Int) rethrows -> Int {
    try values.reduce(0) { try $0 + body($1) }
  }

  private func encodeGenerally(_ change: Change) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try RecordCoder.encodeGenerally(change, appendingTo: &bytes)
    return bytes
  }

  private func decodeGenerally(_ bytes: [UInt8]) throws -> Change {
    try bytes.withUnsafeBytes { try RecordCoder.decodeGenerally(Change.self, from: $0) }
  }

  private func change(_ number: Int) -> Change {
    var change = BenchmarkChange.make(
      number, in: RepositoryID(unchecked: "R_kgDO7"), Date(timeIntervalSince1970: 1_790_000_000))
    change.checks = ["build", "test on every platform", "lint"].map {
      Check(name: $0, conclusion: "success", completedAt: change.updatedAt)
    }
    return change
  }
}
#endif
