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
    if words.contains("--help") { return print(Command.usage(words)) }
    if words.contains("--version") { return print("full-sync \(version)") }
    exit(await run(words).rawValue)
  }

  private static func run(_ words: [String]) async -> ExitCode {
    let environment = ProcessInfo.processInfo.environment
    do {
      switch try Command(words) {
      case .sync(let arguments): return try await SyncCommand(arguments: arguments, environment: environment).run()
      case .store(let arguments): return try await StoreCommand(arguments: arguments).run()
      case .scopes(let command): return try command.run()
      case .connections(let arguments):
        return try await ConnectionsCommand(arguments: arguments, environment: environment).run()
      case .webhooks(let arguments):
        return try await WebhooksCommand(arguments: arguments, environment: environment).run()
      case .work(let arguments): return try await WorkCommand(arguments: arguments, environment: environment).run()
      }
    } catch let error as UsageError {
      Messages.print("full-sync: \(error)\nTry full-sync --help.")
      return .usage
    } catch {
      Messages.print("full-sync: \(error)")
      return .failed
    }
  }
}
