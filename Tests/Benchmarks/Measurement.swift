import Foundation

/// The seconds of several rounds.
///
/// What the process computed is measured beside what the clock says, because other programs take part of the processors away.
struct Measurement {
  private var rounds: [Double] = []
  private var computed: [Double] = []

  /// Measures one more round.
  mutating func measure(_ body: () async throws -> Void) async rethrows {
    let clock = ContinuousClock()
    let start = Self.processorSeconds
    let elapsed = try await clock.measure(body)
    computed.append(Self.processorSeconds - start)
    rounds.append(Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18)
  }

  /// Takes the rounds of another one.
  mutating func add(_ other: Self) {
    rounds += other.rounds
    computed += other.computed
  }

  mutating func note(seconds: Double) { rounds.append(seconds) }

  var median: Double { rounds.sorted()[rounds.count / 2] }

  /// The seconds that all threads of the process computed, or `nil` when they were not measured.
  var medianComputed: Double? { computed.isEmpty ? nil : computed.sorted()[computed.count / 2] }

  /// The least of a round, which other programs disturbed the least.
  var leastComputed: Double? { computed.min() }

  private static var processorSeconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

  /// `12.3 ms (11.9–14.0), 10.2 ms computed`
  var milliseconds: String {
    func text(_ seconds: Double) -> String { String(format: "%.1f", seconds * 1000) }
    let computed = medianComputed.map { ", \(text($0)) ms computed" } ?? ""
    return "\(text(median)) ms (\(text(rounds.min() ?? 0))–\(text(rounds.max() ?? 0)))" + computed
  }
}

/// Why a measurement means nothing.
struct BenchmarkError: Error, CustomStringConvertible {
  var description: String
}

/// A folder for one measurement, beside the system's temporary files.
struct BenchmarkFolder {
  private let url = FileManager.default.temporaryDirectory.appendingPathComponent("koalr-benchmark-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

  /// A file that does not exist yet.
  func newFile() -> URL { url.appendingPathComponent("\(UUID().uuidString).sqlite") }

  func remove() throws { try FileManager.default.removeItem(at: url) }
}
