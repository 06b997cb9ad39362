import Foundation
import KoalrCore

/// What the program says: events and counts on standard output, everything else on standard error.
enum Output {
  static func line(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

  static func message(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  /// A line for an event that was followed, or put off.
  static func line(of handled: HandledEvent) {
    switch handled.outcome {
    case .applied: line("applied     \(handled.event.title)")
    case .upToDate: line("up to date  \(handled.event.title)")
    case .postponed(let reason): line("postponed   \(handled.event.title): \(reason)")
    case .givenUp(let reason): line("given up    \(handled.event.title): \(reason)")
    }
  }

  /// What was received.
  static func lines(of counts: WebhookCounts) -> [String] {
    [
      "accepted    \(sum(counts.accepted))\(list(counts.accepted))",
      "duplicates  \(counts.duplicates)",
      "unknown     \(sum(counts.unknown))\(list(counts.unknown))",
      "refused     \(sum(counts.refused))\(list(counts.refused))",
    ]
  }

  /// What was followed.
  static func lines(of counts: FollowCounts) -> [String] {
    [
      "followed    \(counts.applied) applied, \(counts.upToDate) up to date, \(counts.postponed) postponed, "
        + "\(counts.givenUp) given up"
    ]
  }

  private static func sum(_ counts: [some Hashable: Int]) -> Int { counts.values.reduce(0, +) }

  private static func list(_ counts: [some Hashable & CustomStringConvertible: Int]) -> String {
    let parts = counts.map { "\($0.key) \($0.value)" }.sorted()
    return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
  }
}

/// Prints what a person may want to know, on standard error.
struct NotePrinter: SyncObserver {
  func observe(_ event: ObservedEvent) {
    switch event {
    case .note(let text): Output.message("webhook-receiver: \(text)")
    case .retry(let service, let operation, let attempt, let delay, let reason):
      Output.message("webhook-receiver: \(service): \(operation): \(reason); attempt \(attempt + 1) in \(delay)")
    default: break
    }
  }
}
