#if SQLite
import Foundation

/// The seconds of several rounds.
struct Measurement {
  private var rounds: [Double] = []

  /// Measures one more round.
  mutating func measure(_ body: () async throws -> Void) async rethrows {
    let clock = ContinuousClock()
    let elapsed = try await clock.measure(body)
    rounds.append(Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18)
  }

  mutating func note(seconds: Double) { rounds.append(seconds) }

  var median: Double { rounds.sorted()[rounds.count / 2] }

  /// `12.3 ms (11.9–14.0)`
  var milliseconds: String {
    func text(_ seconds: Double) -> String { String(format: "%.1f", seconds * 1000) }
    return "\(text(median)) ms (\(text(rounds.min() ?? 0))–\(text(rounds.max() ?? 0)))"
  }
}

/// A folder for one measurement, beside the system's temporary files.
struct BenchmarkFolder {
  private let url = FileManager.default.temporaryDirectory.appendingPathComponent("koalr-benchmark-\(UUID().uuidString)")

  init() throws { try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true) }

  /// A file that does not exist yet.
  func newFile() -> URL { url.appendingPathComponent("\(UUID().uuidString).sqlite") }

  func remove() throws { try FileManager.default.removeItem(at: url) }
}
#endif
