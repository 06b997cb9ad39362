import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Says who owns which files, and what is wrong with the rules that say so.
@main
struct WhoOwns {
  /// What the exit code says.
  enum ExitCode: Int32 {
    case good = 0
    case findings = 1
    case failed = 2
    case usage = 64
  }

  static let version = "0.1.0"

  static func main() async {
    // A reader that has seen enough (`| head`) must not end the program with a signal.
    signal(SIGPIPE, SIG_IGN)
    let words = words
    let isAsked = Set(words.prefix { $0 != "--" }).contains
    if isAsked("--help") { return print(Arguments.usage) }
    if isAsked("--version") { return print("who-owns \(version)") }
    exit(await run(words).rawValue)
  }

  /// The command line as ``AnyBytes``; `CommandLine.arguments` has lost bytes that are not UTF-8.
  private static var words: [String] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { CommandLine.unsafeArgv[$0] }.map { word in
      AnyBytes.text(Array(UnsafeRawBufferPointer(start: word, count: strlen(word)))[...])
    }
  }

  private static func run(_ words: [String]) async -> ExitCode {
    do {
      return try await Run(arguments: try Arguments(words)).answer() ? .findings : .good
    } catch is ClosedOutput {
      return .good
    } catch let error as UsageError {
      Messages.print("who-owns: \(error)\nTry who-owns --help.")
      return .usage
    } catch {
      Messages.print("who-owns: \(error)")
      return .failed
    }
  }
}
