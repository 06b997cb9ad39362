import Foundation
import KoalrCore
import KoalrHTTPTransport
import KoalrTesting
import Synchronization

extension LoopbackServer {
  func url(_ path: String = "/") throws -> URL { try address(port, path) }
}

func address(_ port: UInt16, _ path: String = "/") throws -> URL { try url("http://127.0.0.1:\(port)\(path)") }

struct NotAnAddress: Error {}

func url(_ text: String) throws -> URL {
  guard let url = URL(string: text) else { throw NotAnAddress() }
  return url
}

func secret(_ text: String) throws -> Secret {
  guard let secret = Secret(text) else { throw NotAnAddress() }
  return secret
}

extension ManualClock {
  /// A clock that moves by its sleeps alone and remembers them.
  static func skipping(from start: Date = Date(timeIntervalSince1970: 1_800_000_000)) -> ManualClock {
    ManualClock(startingAt: start, skipsSleep: true)
  }
}

extension RecordingObserver {
  var requests: [Int?] {
    events.compactMap { if case .request(_, _, _, let status, _) = $0 { .some(status) } else { nil } }
  }
  var retries: [String] {
    events.compactMap {
      guard case .retry(let service, let operation, let attempt, let delay, let reason) = $0 else { return nil }
      return "\(service) \(operation) \(attempt) \(delay) \(reason)"
    }
  }
}

/// Every way an error may end up in a log.
func renderings(of error: any Error) -> String {
  var dumped = ""
  dump(error, to: &dumped)
  return [String(describing: error), String(reflecting: error), "\(error)", error.localizedDescription, dumped].joined(
    separator: "\n")
}

/// How many are inside, and were at most.
final class Occupancy: Sendable {
  private let count = Mutex((now: 0, most: 0))
  var most: Int { count.withLock { $0.most } }
  func enter() { count.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) } }
  func leave() { count.withLock { $0.now -= 1 } }
}
