import Synchronization

/// How much may be asked for in one call: halved when GitHub could not do that much in its ten seconds, raised again slowly.
final class WorkLimit: Sendable {
  private struct State {
    var limit: Int
    var successes = 0
    var patience = 2
    var wasRaised = false
  }
  private let maximum: Int
  private let state: Mutex<State>
  /// The most successes to wait for before more is tried again.
  private static let longestPatience = 64

  /// Starts at the maximum.
  init(maximum: Int) {
    self.maximum = maximum
    state = Mutex(State(limit: maximum))
  }

  /// The most to ask for now.
  var current: Int { state.withLock { $0.limit } }

  /// Remembers that this much was too much. A raise that failed makes the next one wait twice as long: a failure costs ten seconds.
  func tooMuch(_ asked: Int) {
    state.withLock { state in
      if state.wasRaised { state.patience = min(Self.longestPatience, state.patience * 2) }
      state.limit = max(1, min(state.limit, asked) / 2)
      state.successes = 0
      state.wasRaised = false
    }
  }

  /// Remembers that this much was answered.
  func answered(_ asked: Int) {
    state.withLock { state in
      guard state.limit < maximum, asked * 4 >= state.limit * 3 else { return }
      state.successes += 1
      guard state.successes >= state.patience else { return }
      state.successes = 0
      state.limit = min(maximum, state.limit * 2)
      state.wasRaised = true
    }
  }
}
