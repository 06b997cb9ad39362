public import KoalrCore
import Synchronization

/// A clock that moves only when a test says so.
///
/// *Using one:* give it to what is tested, wait for ``waitForSleepers(_:)``, then ``advance(by:)``. A clock made with
/// `skipsSleep` never makes anybody wait: each sleep moves it forward by itself, which is what tests of retries want.
public final class ManualClock: WallClock {
  private let state: Mutex<State>

  /// Makes a clock that shows `start`, cut to milliseconds.
  public init(startingAt start: Date, skipsSleep: Bool = false) {
    let milliseconds = Int64((start.timeIntervalSince1970 * 1000).rounded(.down))
    state = Mutex(State(milliseconds: milliseconds, skipsSleep: skipsSleep))
  }

  /// How many tasks sleep now.
  public var sleeperCount: Int { state.withLock { $0.sleepers.count } }

  /// How long those slept who did not have to wait, in order; empty unless the clock `skipsSleep`.
  public var skippedSleeps: [Duration] { state.withLock { $0.skippedSleeps } }

  /// Moves the clock forward and wakes those whose time has come, the earliest first, those of one moment in the order in
  /// which they went to sleep.
  public func advance(by duration: Duration) {
    let due = state.withLock { $0.advance(by: duration.wholeMilliseconds) }
    for sleeper in due { sleeper.resume() }
  }

  /// Moves the clock to the moment the next sleeper waits for and wakes it.
  ///
  /// - Returns: whether anybody slept.
  @discardableResult public func advanceToNextSleeper() -> Bool {
    let due = state.withLock { state in
      state.sleepers.map(\.deadline).min().map { state.advance(by: max(0, $0 - state.milliseconds)) } ?? []
    }
    for sleeper in due { sleeper.resume() }
    return !due.isEmpty
  }

  /// Waits until at least `count` tasks sleep on this clock. Returns early when the waiting task is cancelled.
  public func waitForSleepers(_ count: Int = 1) async {
    let id = state.withLock { $0.nextID() }
    defer { state.withLock { $0.forget(id) } }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isThere = state.withLock { $0.await(count, id: id, continuation) }
        if isThere { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.forgetWatcher(id) }?.resume()
    }
  }

  fileprivate struct State {
    var milliseconds: Int64
    let skipsSleep: Bool
    var skippedSleeps: [Duration] = []
    var sleepers: [Sleeper] = []
    var watchers: [Watcher] = []
    var cancelled: Set<Int> = []
    var lastID = 0

    init(milliseconds: Int64, skipsSleep: Bool) {
      self.milliseconds = milliseconds
      self.skipsSleep = skipsSleep
    }
  }

  fileprivate struct Sleeper {
    let id: Int
    let deadline: Int64
    let continuation: CheckedContinuation<Void, any Error>
  }

  fileprivate struct Watcher {
    let id: Int
    let count: Int
    let continuation: CheckedContinuation<Void, Never>
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension ManualClock {
  public func now() -> Date { Date(timeIntervalSince1970: Double(state.withLock { $0.milliseconds }) / 1000) }

  public func sleep(for duration: Duration) async throws {
    try Task.checkCancellation()
    if state.withLock({ $0.skip(duration) }) { return }
    guard duration > .zero else { return }
    let id = state.withLock { $0.nextID() }
    defer { state.withLock { $0.forget(id) } }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let (isCancelled, awaited) = state.withLock { $0.lieDown(id, for: duration.wholeMilliseconds, continuation) }
        if isCancelled { continuation.resume(throwing: CancellationError()) }
        for watcher in awaited { watcher.resume() }
      }
    } onCancel: {
      state.withLock { $0.wakeCancelled(id) }?.resume(throwing: CancellationError())
    }
  }
}

extension ManualClock.State {
  fileprivate mutating func nextID() -> Int {
    lastID += 1
    return lastID
  }

  /// Whether nobody waits on this clock; then it moves forward by itself.
  fileprivate mutating func skip(_ duration: Duration) -> Bool {
    guard skipsSleep else { return false }
    milliseconds += duration.wholeMilliseconds
    skippedSleeps.append(duration)
    return true
  }

  /// Forgets a cancellation that came when its task was awake already.
  fileprivate mutating func forget(_ id: Int) { cancelled.remove(id) }

  fileprivate mutating func advance(by duration: Int64) -> [CheckedContinuation<Void, any Error>] {
    milliseconds += duration
    let due = sleepers.filter { $0.deadline <= milliseconds }.sorted { ($0.deadline, $0.id) < ($1.deadline, $1.id) }
    sleepers.removeAll { $0.deadline <= milliseconds }
    return due.map(\.continuation)
  }

  /// Takes a sleeper in, unless its task was cancelled before it came here.
  fileprivate mutating func lieDown(
    _ id: Int, for duration: Int64, _ continuation: CheckedContinuation<Void, any Error>
  ) -> (isCancelled: Bool, awaited: [CheckedContinuation<Void, Never>]) {
    guard cancelled.remove(id) == nil else { return (true, []) }
    sleepers.append(.init(id: id, deadline: milliseconds + duration, continuation: continuation))
    let content = watchers.filter { $0.count <= sleepers.count }
    watchers.removeAll { $0.count <= sleepers.count }
    return (false, content.map(\.continuation))
  }

  /// Finds the sleeper whose task was cancelled; one that has not lain down yet is remembered for then.
  fileprivate mutating func wakeCancelled(_ id: Int) -> CheckedContinuation<Void, any Error>? {
    guard let index = sleepers.firstIndex(where: { $0.id == id }) else {
      cancelled.insert(id)
      return nil
    }
    return sleepers.remove(at: index).continuation
  }

  /// Whether enough sleep already, or nobody waits any more; else remembers who waits.
  fileprivate mutating func await(_ count: Int, id: Int, _ continuation: CheckedContinuation<Void, Never>) -> Bool {
    if sleepers.count >= count || cancelled.remove(id) != nil { return true }
    watchers.append(.init(id: id, count: count, continuation: continuation))
    return false
  }

  fileprivate mutating func forgetWatcher(_ id: Int) -> CheckedContinuation<Void, Never>? {
    guard let index = watchers.firstIndex(where: { $0.id == id }) else {
      cancelled.insert(id)
      return nil
    }
    return watchers.remove(at: index).continuation
  }
}

extension Duration {
  /// Whole milliseconds, the rest rounded up so that nobody wakes early.
  fileprivate var wholeMilliseconds: Int64 {
    let (seconds, attoseconds) = components
    return seconds * 1000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
  }
}
