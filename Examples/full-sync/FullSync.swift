import Foundation
import KoalrCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Syncs an organisation, or a local clone, or the sample, and prints explained scores.
@main
struct FullSync {
  /// What the exit code says, the same in all programs.
  enum ExitCode: Int32 {
    case complete = 0
    case incomplete = 1
    case failed = 2
    case usage = 64
  }

  static let version = "0.1.0"

  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    let words = Array(CommandLine.arguments.dropFirst())
    if words.contains("--help") { return print(Arguments.usage) }
    if words.contains("--version") { return print("full-sync \(version)") }
    exit(await run(words).rawValue)
  }

  private static func run(_ words: [String]) async -> ExitCode {
    do {
      return try await run(Arguments(words))
    } catch let error as UsageError {
      Messages.print("full-sync: \(error)\nTry full-sync --help.")
      return .usage
    } catch {
      Messages.print("full-sync: \(error)")
      return .failed
    }
  }

  private static func run(_ arguments: Arguments) async throws -> ExitCode {
    let meter = RunMeter()
    let store = InMemoryStore()
    var report: SyncReport?
    if case .imported(let file) = arguments.mode {
      _ = try await StoreImport(store).read(from: URL(fileURLWithPath: file))
    } else {
      let setup = try Setup(arguments, environment: ProcessInfo.processInfo.environment, meter: meter)
      report = try await sync(setup, arguments, into: store, meter: meter)
    }
    if let export = arguments.export { try await StoreExport(store).write(to: URL(fileURLWithPath: export)) }
    if arguments.json {
      try Output.print(JSONSummary(counts: try await StoreSummary(store).counts(), report: report, meter: meter).text)
    } else {
      let summary = try await Summary(of: store)
      try Output.print(TextSummary(summary: summary, report: report).lines.joined(separator: "\n"))
      Messages.print(
        "\(meter.elapsedSeconds) s, \(RunMeter.cpuSeconds.own) s of processor time, \(RunMeter.peakMemoryBytes / 1_000_000) MB at most"
      )
    }
    return report?.isComplete == false ? .incomplete : .complete
  }

  private static func sync(
    _ setup: Setup, _ arguments: Arguments, into store: some Store, meter: RunMeter
  ) async throws -> SyncReport {
    let engine = SyncEngine(
      sources: setup.sources, store: store, options: SyncOptions(days: arguments.days, repositories: arguments.repositories),
      clock: setup.clock, observer: meter)
    let run = Task { try await engine.run() }
    let signals = StopSignals { run.cancel() }
    defer { signals.end() }
    var printer = ProgressPrinter()
    for await step in engine.progress { printer.print(step) }
    return try await run.value
  }
}
