import Synchronization

/// Lets a fixed number of bodies run at once; the others wait in order of arrival. A cancelled waiter leaves the queue at once.
package final class RequestGate: Sendable {
  private struct State {
    var free: Int
    var nextTicket = 0
    var firstTicket = 0
    var waiting: [Int: CheckedContinuation<Void, any Error>] = [:]
  }
  private let state: Mutex<State>

  package init(limit: Int) { state = Mutex(State(free: max(1, limit))) }

  /// Runs `body` when a place is free.
  package func run<Value>(_ body: () async throws -> Value) async throws -> Value {
    try await enter()
    defer { leave() }
    return try await body()
  }

  private func enter() async throws {
    let ticket = state.withLock { state in
      state.nextTicket += 1
      return state.nextTicket - 1
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        // A handler that ran before this line found nobody to wake, but the flag it follows is then already visible.
        let verdict: Result<Void, any Error>? = state.withLock { state in
          if Task.isCancelled { return .failure(CancellationError()) }
          if state.free > 0 {
            state.free -= 1
            return .success(())
          }
          state.waiting[ticket] = continuation
          return nil
        }
        if let verdict { continuation.resume(with: verdict) }
      }
    } onCancel: {
      let waiter = state.withLock { $0.waiting.removeValue(forKey: ticket) }
      waiter?.resume(throwing: CancellationError())
    }
  }

  private func leave() {
    let next: CheckedContinuation<Void, any Error>? = state.withLock { state in
      while !state.waiting.isEmpty, state.firstTicket < state.nextTicket {
        defer { state.firstTicket += 1 }
        if let waiter = state.waiting.removeValue(forKey: state.firstTicket) { return waiter }
      }
      state.free += 1
      return nil
    }
    next?.resume()
  }
}
