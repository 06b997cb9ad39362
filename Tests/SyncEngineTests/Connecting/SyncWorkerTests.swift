import KoalrCore
import KoalrTesting
import Synchronization
import Testing

struct SyncWorkerTests {
  private func worker(_ world: HookWorld, _ works: SyncWorker.Work...) -> SyncWorker {
    SyncWorker(queue: world.queue, name: "w", lease: .seconds(60), works: works, clock: world.clock)
  }

  @Test func `a worker does the sync that connecting enqueued, the fast path and the backfill`() async throws {
    let world = HookWorld()
    try await world.lifecycle.enqueueSync(of: HookWorld.id)
    let adapters = MockAdapters(SmallWorld.make())
    let store = world.store
    let clock = ManualClock(startingAt: SmallWorld.now)
    let asked = Mutex<[ConnectionID]>([])
    let sync = SyncWorker.sync { id in
      asked.withLock { $0.append(id) }
      let sources = SyncSources(codeHost: adapters.codeHost, history: adapters.history)
      return SyncEngine(sources: sources, store: store, clock: clock)
    }
    // The lease is kept on a clock that stands still.
    let queue = world.queue
    let worker = SyncWorker(queue: queue, name: "w", works: [sync], clock: clock)
    #expect(try await worker.runNext())
    #expect(try await !worker.runNext())
    #expect(asked.withLock { $0 } == [HookWorld.id])
    #expect(try await store.count(RecordQuery(Repository.self)) == 2)
    #expect(try await store.count(RecordQuery(RiskAssessment.self)) > 0)
    #expect(try await queue.counts() == JobCounts())
  }

  @Test func `while a sync waits or runs no other of its connection is added, and its lease is kept`() async throws {
    let world = HookWorld(skipsSleep: false)
    let first = try await world.lifecycle.enqueueSync(of: HookWorld.id)
    #expect(try await world.lifecycle.enqueueSync(of: HookWorld.id) == first)
    #expect(try await world.lifecycle.enqueueSync(of: ConnectionID(unchecked: "other")) != first)
    let clock = world.clock
    let worker = worker(
      world, SyncWorker.Work(kind: ConnectionJob.Work.sync.rawValue) { _ in try await clock.sleep(for: .seconds(300)) })
    async let done = worker.runNext()
    for _ in 0..<14 {
      await clock.waitForSleepers(2)
      clock.advance(by: .seconds(20))
    }
    await clock.waitForSleepers(2)
    #expect(try await world.lifecycle.enqueueSync(of: HookWorld.id) == first)
    #expect(try await world.queue.counts() == JobCounts(due: 1, claimed: 1))
    clock.advance(by: .seconds(20))
    #expect(try await done)
    #expect(try await world.queue.counts() == JobCounts(due: 1))
    #expect(try await world.lifecycle.enqueueSync(of: HookWorld.id) != first)
  }

  @Test func `work whose job was cancelled is cancelled`() async throws {
    let world = HookWorld(skipsSleep: false)
    let id = try await world.lifecycle.enqueueSync(of: HookWorld.id)
    let clock = world.clock
    let isCancelled = Mutex(false)
    let work = SyncWorker.Work(kind: ConnectionJob.Work.sync.rawValue) { _ in
      do {
        try await clock.sleep(for: .seconds(86_400))
      } catch {
        isCancelled.withLock { $0 = true }
        throw error
      }
    }
    let worker = worker(world, work)
    async let done = worker.runNext()
    await clock.waitForSleepers(2)
    #expect(try await world.queue.cancel(id))
    clock.advance(by: .seconds(20))
    #expect(try await done)
    #expect(isCancelled.withLock { $0 })
    #expect(try await world.queue.counts() == JobCounts())
  }

  @Test func `a job that fails comes back after a pause, with its reason when it is given up`() async throws {
    let world = HookWorld(skipsSleep: false)
    try await world.queue.enqueue(NewJob(kind: "odd", maximumAttempts: 2))
    let worker = worker(world, SyncWorker.Work(kind: "odd") { _ in throw SyncError(description: "It cannot be.") })
    #expect(try await worker.runNext())
    #expect(try await world.queue.counts() == JobCounts(delayed: 1))
    world.clock.advance(by: .seconds(30))
    #expect(try await worker.runNext())
    #expect(try await world.queue.deadLetters(limit: 1).map(\.reason) == ["It cannot be."])
  }

  @Test func `a job that nobody here knows is left to others, with all its attempts`() async throws {
    let world = HookWorld(skipsSleep: false)
    try await world.queue.enqueue(NewJob(kind: "odd", maximumAttempts: 1))
    #expect(try await !worker(world).runNext())
    #expect(try await world.queue.counts() == JobCounts(due: 1))
  }

  @Test func `a worker that is stopped gives its job back at once`() async throws {
    let world = HookWorld(skipsSleep: false)
    try await world.lifecycle.enqueueSync(of: HookWorld.id)
    let clock = world.clock
    let worker = worker(
      world, SyncWorker.Work(kind: ConnectionJob.Work.sync.rawValue) { _ in try await clock.sleep(for: .seconds(86_400)) })
    let running = Task { try await worker.run(concurrency: 2) }
    // The work, the lease, and the second of the two, which found nothing to do.
    await clock.waitForSleepers(3)
    running.cancel()
    await #expect(throws: CancellationError.self) { try await running.value }
    #expect(try await world.queue.counts() == JobCounts(due: 1))
  }

  @Test(arguments: ConnectionJob.Work.allCases) func `a job says what it is for`(_ work: ConnectionJob.Work) async throws {
    let queue = InMemoryJobQueue()
    let job = ConnectionJob(work, of: HookWorld.id)
    try await queue.enqueue(job.job())
    let claimed = try #require(try await queue.claim(limit: 1, lease: .seconds(1), worker: "w").first)
    #expect(ConnectionJob(claimed) == job)
  }
}
