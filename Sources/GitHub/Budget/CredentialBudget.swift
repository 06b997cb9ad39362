import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols
import Synchronization

/// Runs requests under the budget of one credential: asks a ``BudgetState``, waits as it says, and tells it what came back.
///
/// A lock and no actor, because a cancelled caller leaves the queue at once, from wherever it is cancelled.
final class CredentialBudget: Sendable {
  private struct Shared {
    var budget: BudgetState
    var parked: [BudgetState.Ticket: CheckedContinuation<BudgetState.Verdict, any Error>] = [:]
  }
  private let shared: Mutex<Shared>
  private let clock: any WallClock

  init(_ limits: BudgetLimits = .gitHub, clock: any WallClock) {
    shared = Mutex(Shared(budget: BudgetState(limits)))
    self.clock = clock
  }

  /// Sends when the budget allows it, and again after a refusal because of a limit.
  ///
  /// - Parameters:
  ///   - patience: a longer wait is not made.
  ///   - waits: told of waits that a person may notice.
  /// - Returns: the answer; a refusal that was met too often, or that lasts too long, with the pause it asks for.
  /// - Throws: ``BudgetWaitTooLong`` when nothing was sent, `CancellationError`, what `send` throws.
  func run(
    _ call: BudgetCall, patience: Duration, waits: (Date, String) -> Void, send: () async throws -> HTTPResponse
  ) async throws -> HTTPResponse {
    let ticket = shared.withLock { $0.budget.enter(call) }
    var refused: HTTPResponse?
    while true {
      do {
        try await admit(ticket, patience: patience, waits: waits)
      } catch let error as BudgetWaitTooLong {
        refused?.retryAfter = error.pause
        guard let refused else { throw error }
        return refused
      }
      var response: HTTPResponse
      do {
        response = try await send()
      } catch {
        _ = settle(ticket, nil)
        throw error
      }
      switch settle(ticket, LimitReading(response, now: clock.now())) {
      case .answered: return response
      case .again: refused = response
      case .giveUp(let pause):
        response.retryAfter = pause
        return response
      }
    }
  }
}

/// A wait that is longer than the caller's patience.
struct BudgetWaitTooLong: Error {
  var pause: Duration
  var reason: String
}

extension CredentialBudget {
  private func admit(_ ticket: BudgetState.Ticket, patience: Duration, waits: (Date, String) -> Void) async throws {
    do {
      while true {
        switch try await turn(ticket) {
        case .go: return wake()
        case .queue: continue
        case .pause(let moment, let reason, let isNews):
          let pause = moment - clock.uptime()
          guard pause <= patience else { throw BudgetWaitTooLong(pause: pause, reason: reason) }
          if isNews { waits(clock.now().addingTimeInterval(pause / .seconds(1)), reason) }
          try await clock.sleep(for: pause)
        }
      }
    } catch {
      shared.withLock { $0.budget.leave(ticket) }
      wake()
      throw error
    }
  }

  // Asks, and when others go first returns only once the front is reached. Asking and lying down are one step under the lock:
  // a wake-up in between would be lost.
  private func turn(_ ticket: BudgetState.Ticket) async throws -> BudgetState.Verdict {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let verdict: Result<BudgetState.Verdict, any Error>? = shared.withLock { shared in
          if Task.isCancelled { return .failure(CancellationError()) }
          let verdict = shared.budget.ask(ticket, at: clock.uptime())
          guard verdict == .queue else { return .success(verdict) }
          shared.parked[ticket] = continuation
          return nil
        }
        if let verdict { continuation.resume(with: verdict) }
      }
    } onCancel: {
      shared.withLock { $0.parked.removeValue(forKey: ticket) }?.resume(throwing: CancellationError())
    }
  }

  private func settle(_ ticket: BudgetState.Ticket, _ reading: LimitReading?) -> BudgetState.Settlement {
    defer { wake() }
    return shared.withLock { $0.budget.settle(ticket, reading, at: clock.uptime()) }
  }

  private func wake() {
    let front = shared.withLock { shared in shared.budget.ready.compactMap { shared.parked.removeValue(forKey: $0) } }
    for waiter in front { waiter.resume(returning: .queue) }
  }
}
