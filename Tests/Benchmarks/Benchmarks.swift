import Foundation

/// Measures the store in a file, and the webhook receiver.
///
///     swift run -c release --traits SQLite benchmarks insert
///     swift run -c release --traits SQLite benchmarks read [other repositories] [rounds]
///     swift run -c release --traits SQLite benchmarks code [encode|decode][-codable|-json] [rounds]
///     swift run -c release benchmarks webhooks [deliveries] [rounds]
@main
struct Benchmarks {
  static func main() async throws {
    let words = CommandLine.arguments.dropFirst()
    switch words.first {
    case "webhooks": try await WebhookBenchmark().run(only: words.dropFirst().compactMap { Int($0) })
    default: try await measureStore(words)
    }
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
    default:
      print("Usage: benchmarks insert|read|code|webhooks")
      exit(64)
    }
  }
  #else
  /// Says what is needed; without the trait there is no file to measure.
  private static func measureStore(_ words: ArraySlice<String>) async throws {
    print("benchmarks insert|read|code needs SQLite: swift run -c release --traits SQLite benchmarks")
    print("Usage: benchmarks webhooks")
    exit(64)
  }
  #endif
}
