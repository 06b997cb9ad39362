#if SQLite
import Foundation

/// Measures the store in a file.
///
///     swift run -c release --traits SQLite benchmarks insert
///     swift run -c release --traits SQLite benchmarks read [other repositories] [rounds]
///     swift run -c release --traits SQLite benchmarks code [encode|decode][-codable|-json] [rounds]
@main
struct Benchmarks {
  static func main() async throws {
    switch CommandLine.arguments.dropFirst().first {
    case "insert": try await InsertBenchmark().run()
    case "read":
      var benchmark = ReadBenchmark()
      try await benchmark.run(only: CommandLine.arguments.dropFirst(2).compactMap { Int($0) })
    case "code":
      var benchmark = CodeBenchmark()
      let options = CommandLine.arguments.dropFirst(2)
      try await benchmark.run(only: options.first, rounds: options.dropFirst().first.flatMap { Int($0) })
    default:
      print("Usage: benchmarks insert|read|code")
      exit(64)
    }
  }
}
#else
import Foundation

/// Says what is needed; without the trait there is nothing to measure yet.
@main
struct Benchmarks {
  static func main() {
    print("benchmarks needs SQLite: swift run -c release --traits SQLite benchmarks")
    exit(64)
  }
}
#endif
