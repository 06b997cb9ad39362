import Dispatch

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// SIGINT and SIGTERM as a sequence, so that the program ends in its own order.
struct StopSignals {
  let signals: AsyncStream<Int32>
  private let sources: [any DispatchSourceSignal]

  init() {
    let (stream, continuation) = AsyncStream<Int32>.makeStream()
    signals = stream
    let registration = DispatchGroup()
    sources = [SIGINT, SIGTERM].map { number in
      registration.enter()
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { continuation.yield(number) }
      source.setRegistrationHandler { registration.leave() }
      source.resume()
      return source
    }
    // Sources begin to watch on a thread of their own; a signal that comes before would be ignored for good.
    registration.wait()
  }

  /// Hears no more.
  func end() {
    for source in sources { source.cancel() }
  }
}
