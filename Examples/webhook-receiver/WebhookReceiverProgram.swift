import Foundation
import KoalrCore

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Listens for webhooks, keeps what comes, and follows it into a store.
@main
struct WebhookReceiverProgram {
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
    if words.contains("--version") { return print("webhook-receiver \(version)") }
    exit(await run(words).rawValue)
  }

  private static func run(_ words: [String]) async -> ExitCode {
    do {
      return try await start(try Arguments(words))
    } catch let error as UsageError {
      Output.message("webhook-receiver: \(error)\nTry webhook-receiver --help.")
      return .usage
    } catch {
      Output.message("webhook-receiver: \(error)")
      return .failed
    }
  }

  private static func start(_ arguments: Arguments) async throws -> ExitCode {
    #if HTTPServer
    return try await Session(arguments, environment: ProcessInfo.processInfo.environment).run()
    #else
    Output.message(
      "webhook-receiver needs a build with the trait HTTPServer (and libmicrohttpd-dev): "
        + "swift run --traits HTTPServer webhook-receiver …")
    return .usage
    #endif
  }
}
