import KoalrCore
import KoalrTesting
import Testing

struct ManualClockTests {
  private let start = Date(timeIntervalSince1970: 1_700_000_000)

  @Test func `it stands still until it is moved`() {
    let clock = ManualClock(startingAt: start)
    #expect(clock.now() == start)
    clock.advance(by: .seconds(90))
    #expect(clock.now() == start.addingTimeInterval(90))
  }

  @Test func `it shows whole milliseconds`() {
    let clock = ManualClock(startingAt: start.addingTimeInterval(0.0004))
    #expect(clock.now() == start)
    clock.advance(by: .microseconds(1))
    #expect(clock.now() == Date(timeIntervalSince1970: 1_700_000_000.001))
  }

  @Test(.timeLimit(.minutes(10))) func `a sleeper wakes when its time has come and not before`() async throws {
    let clock = ManualClock(startingAt: start)
    try await withThrowingTaskGroup { group in
      group.addTask { try await clock.sleep(for: .seconds(10)) }
      await clock.waitForSleepers()
      clock.advance(by: .seconds(9))
      #expect(clock.sleeperCount == 1)
      clock.advance(by: .seconds(1))
      #expect(clock.sleeperCount == 0)
      try await group.waitForAll()
    }
  }

  @Test(.timeLimit(.minutes(10))) func `sleepers wake in the order of their times`() async throws {
    let clock = ManualClock(startingAt: start)
    let woken = RecordingObserver()
    try await withThrowingTaskGroup { group in
      for seconds in [30, 10, 20] {
        group.addTask {
          try await clock.sleep(for: .seconds(seconds))
          woken.observe(.note("\(seconds)"))
        }
      }
      await clock.waitForSleepers(3)
      for _ in 0..<3 {
        #expect(clock.advanceToNextSleeper())
        try await group.next()
      }
    }
    #expect(woken.notes == ["10", "20", "30"])
    #expect(clock.now() == start.addingTimeInterval(30))
    #expect(!clock.advanceToNextSleeper())
  }

  @Test(.timeLimit(.minutes(10))) func `a cancelled sleeper throws and is gone`() async {
    let clock = ManualClock(startingAt: start)
    await withThrowingTaskGroup { group in
      group.addTask { try await clock.sleep(for: .seconds(10)) }
      await clock.waitForSleepers()
      group.cancelAll()
      await #expect(throws: CancellationError.self) { try await group.next() }
    }
    #expect(clock.sleeperCount == 0)
  }

  @Test func `a task that was cancelled before does not fall asleep`() async {
    let clock = ManualClock(startingAt: start)
    await withThrowingTaskGroup { group in
      group.addTask {
        withUnsafeCurrentTask { $0?.cancel() }
        try await clock.sleep(for: .seconds(10))
      }
      await #expect(throws: CancellationError.self) { try await group.next() }
    }
  }

  @Test(.timeLimit(.minutes(10))) func `waiting for sleepers ends when the waiting task is cancelled`() async {
    let clock = ManualClock(startingAt: start)
    await withTaskGroup { group in
      group.addTask { await clock.waitForSleepers(5) }
      group.cancelAll()
    }
    #expect(clock.sleeperCount == 0)
  }

  @Test func `no time at all is no sleep`() async throws {
    let clock = ManualClock(startingAt: start)
    try await clock.sleep(for: .zero)
    #expect(clock.sleeperCount == 0 && clock.now() == start)
  }

  @Test func `a clock that skips sleep moves by itself and remembers`() async throws {
    let clock = ManualClock(startingAt: start, skipsSleep: true)
    try await clock.sleep(for: .seconds(3600))
    try await clock.sleep(for: .milliseconds(500))
    #expect(clock.now() == start.addingTimeInterval(3600.5))
    #expect(clock.skippedSleeps == [.seconds(3600), .milliseconds(500)])
  }

  @Test(.timeLimit(.minutes(10))) func `hundreds may sleep and be cancelled at once`() async {
    let clock = ManualClock(startingAt: start)
    await withTaskGroup(of: Bool.self) { group in
      for number in 0..<300 {
        group.addTask {
          if number.isMultiple(of: 3) { withUnsafeCurrentTask { $0?.cancel() } }
          do {
            try await clock.sleep(for: .seconds(number + 1))
            return true
          } catch {
            return false
          }
        }
      }
      await clock.waitForSleepers(200)
      clock.advance(by: .seconds(300))
      var woken = 0
      for await slept in group where slept { woken += 1 }
      #expect(woken == 200)
    }
  }
}
