import Foundation
import KoalrCore
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Counts what a run costs.
final class RunMeter: SyncObserver {
  /// Requests and points by service, in the form of the JSON summary.
  struct Requests: Encodable {
    struct GitHub: Encodable {
      var rest = 0
      var graphql = 0
      var points = 0
    }
    var github = GitHub()
    var codecov = 0
    var snyk = 0
  }

  private let state = Mutex(Requests())
  private let started = ContinuousClock.now

  var requests: Requests { state.withLock { $0 } }
  var elapsedSeconds: Double { ((ContinuousClock.now - started) / .milliseconds(1)).rounded() / 1000 }

  func observe(_ event: ObservedEvent) {
    switch event {
    case .request(.gitHub, "graphql", _, _, _): state.withLock { $0.github.graphql += 1 }
    case .request(.gitHub, "rest", _, _, _): state.withLock { $0.github.rest += 1 }
    case .request(.codecov, _, _, _, _): state.withLock { $0.codecov += 1 }
    case .request(.snyk, _, _, _, _): state.withLock { $0.snyk += 1 }
    case .charge(.gitHub, "points", let amount): state.withLock { $0.github.points += amount }
    case .retry(let service, let operation, let attempt, let delay, let reason):
      Messages.print("\(service): \(operation) failed (\(reason)); attempt \(attempt + 1) follows after \(delay)")
    case .wait(let service, let moment, let reason):
      Messages.print("\(service): waiting until \(ISO8601Time.format(moment)): \(reason)")
    case .note(let text): Messages.print(text)
    default: break
    }
  }

  /// Processor seconds of this process, and of the child processes it has waited for.
  static var cpuSeconds: (own: Double, children: Double) { (usage(RUSAGE_SELF).cpu, usage(RUSAGE_CHILDREN).cpu) }

  /// The most memory this process has had, in bytes.
  static var peakMemoryBytes: Int { usage(RUSAGE_SELF).peak }

  #if canImport(Darwin)
  private static func usage(_ who: Int32) -> (cpu: Double, peak: Int) {
    var usage = rusage()
    getrusage(who, &usage)
    return (seconds(usage), usage.ru_maxrss)
  }
  #else
  private static func usage(_ who: __rusage_who) -> (cpu: Double, peak: Int) {
    var usage = rusage()
    getrusage(__rusage_who_t(who.rawValue), &usage)
    return (seconds(usage), usage.ru_maxrss * 1024)
  }
  #endif

  private static func seconds(_ usage: rusage) -> Double {
    let microseconds =
      (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1_000_000 + Int(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    return Double(microseconds / 1000) / 1000
  }
}
