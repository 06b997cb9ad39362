import Dispatch
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Turns SIGINT and SIGTERM into one call, so that a run ends at its next safe point instead of anywhere.
struct StopSignals {
  private let sources: [any DispatchSourceSignal]

  init(stop: @escaping @Sendable () -> Void) {
    let registration = DispatchGroup()
    sources = [SIGINT, SIGTERM].map { number in
      registration.enter()
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        Messages.print("full-sync: stopping at the next safe point")
        stop()
      }
      source.setRegistrationHandler { registration.leave() }
      source.resume()
      return source
    }
    // Sources begin to watch on a thread of their own; a signal that comes before would be ignored for good.
    registration.wait()
  }

  func end() {
    for source in sources { source.cancel() }
    for number in [SIGINT, SIGTERM] { signal(number, SIG_DFL) }
  }
}
