import Foundation

/// Measures the store in a file, the webhook receiver, CODEOWNERS files, `who-owns`, and the incidents of a run.
///
///     swift run -c release --traits SQLite benchmarks insert
///     swift run -c release --traits SQLite benchmarks read [other repositories] [rounds]
///     swift run -c release --traits SQLite benchmarks code [encode|decode][-codable|-json] [rounds]
///     swift run -c release benchmarks webhooks [deliveries] [rounds]
///     swift run -c release benchmarks code-owners [corpus|reading] [rounds]
///     swift run -c release benchmarks who-owns [files] [commits] [rounds]
///     swift run benchmarks incidents --truth truth.json --export export.jsonl [--examples]
@main
struct Benchmarks {
  static func main() async throws {
    let words = CommandLine.arguments.dropFirst()
    switch words.first {
    case "incidents":
      guard let measurement = IncidentMeasurement(words.dropFirst()) else { wrongUsage() }
      try await measurement.run()
    case "who-owns": try await WhoOwnsBenchmark().run(only: words.dropFirst().compactMap { Int($0) })
    case "webhooks": try await WebhookBenchmark().run(only: words.dropFirst().compactMap { Int($0) })
    case "code-owners":
      var benchmark = CodeOwnersBenchmark()
      benchmark.rounds = words.compactMap { Int($0) }.first ?? benchmark.rounds
      try await benchmark.run(only: words.dropFirst().first { Int($0) == nil })
    default: try await measureStore(words)
    }
  }

  private static func wrongUsage() -> Never {
    print(
      "Usage: benchmarks insert|read|code|webhooks|code-owners|who-owns, or benchmarks incidents --truth FILE --export FILE "
        + "[--examples]")
    exit(64)
  }

  #if SQLite
  private static func measureStore(_ words: ArraySlice<String>) async throws {
    switch words.first {
    case "insert": try await InsertBenchmark().run()
    case "read":
      var benchmark = ReadBenchmark()
      try await benchmark.run(only: words.dropFirst().compactMap { Int($0) })
    case "code":
      var benchmark = CodeBenchmark()
      let options = words.dropFirst()
      try await benchmark.run(only: options.first, rounds: options.dropFirst().first.flatMap { Int($0) })
    default: wrongUsage()
    }
  }
  #else
  private static func measureStore(_ words: ArraySlice<String>) async throws {
    guard ["insert", "read", "code"].contains(words.first) else { wrongUsage() }
    print("benchmarks \(words.first ?? "") needs SQLite: swift run -c release --traits SQLite benchmarks")
    exit(64)
  }
  #endif
}
