#if HTTPServer
import Foundation
import KoalrCore
import KoalrGitHub

/// One run of the program, from the first request to the last.
struct Session {
  private let arguments: Arguments
  private let store: OpenedStore
  private let receiver: WebhookReceiver
  private let account: FollowedAccount?
  private let clock: any WallClock

  /// - Throws: ``UsageError``, ``ProgramError``, `StoreError`, `SealingError`.
  init(_ arguments: Arguments, environment: [String: String]) async throws {
    self.arguments = arguments
    clock = arguments.now.map { StandingClock(at: $0) } ?? SystemClock()
    store = try await OpenedStore(arguments.store)
    account = try await FollowedAccount(arguments, store, environment: environment, clock: clock)
    let secrets: [Secret]
    if let file = arguments.secretFile {
      secrets = try SecretFile.read(file)
    } else {
      guard let account else { throw UsageError("--secret-file is needed: what GitHub signs with.") }
      secrets = [try await SavedAccess(of: account.connection, in: store, environment: environment).webhookSecret()]
    }
    let connection = if let account { account.connection } else { try await Self.onlyConnection(in: store) }
    receiver = Self.receiver(
      GitHubEventReader(secrets: secrets), store.queue, connection,
      WebhookLimits(bodyBytes: arguments.bodyLimit), says: account == nil)
  }

  /// Whose events they are where nobody follows them: the one connection to GitHub that the store has, or the usual one of a store
  /// that has none yet.
  private static func onlyConnection(in store: OpenedStore) async throws -> ConnectionID {
    let held = try await store.records.all(RecordQuery(Connection.self)).filter { $0.service == .gitHub }
    guard held.count > 1 else { return held.first?.id ?? ConnectionID(unchecked: "github") }
    let names = held.map { $0.settings?.name ?? $0.id.rawValue }.sorted().joined(separator: ", ")
    throw UsageError("The store has several connections to GitHub, \(names): say with --connection whose events come.")
  }

  private static func receiver(
    _ reader: GitHubEventReader, _ queue: some JobQueue, _ connection: ConnectionID, _ limits: WebhookLimits, says: Bool
  ) -> WebhookReceiver {
    WebhookReceiver(
      reader: reader, queue: queue, connection: connection, limits: limits, observer: says ? AcceptedPrinter() : SilentObserver())
  }

  /// Listens and follows until a signal comes.
  func run() async throws -> WebhookReceiverProgram.ExitCode {
    let stop = StopSignals()
    defer { stop.end() }
    let signals = stop.signals
    let server = try HTTPListener(arguments)
    Output.message("webhook-receiver: listening at http://\(arguments.address):\(server.port)\(arguments.path)")
    let follower = try follower()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await serve(server) }
      if let follower {
        group.addTask { try await follow(follower) }
        group.addTask { for await handled in follower.handled { Output.line(of: handled) } }
      }
      group.addTask {
        for await _ in signals { break }
        Output.message("webhook-receiver: answering what has come, then stopping")
        await server.stop()
        throw CancellationError()
      }
      do {
        for try await _ in group {}
      } catch is CancellationError {
        group.cancelAll()
        for try await _ in group {}
      }
    }
    return try await report(follower)
  }

  private func follower() throws -> Follower? {
    guard let account else { return nil }
    return try Follower(
      sources: account.sources, store: store.records, queue: store.queue, connection: account.connection,
      options: account.options, clock: clock, observer: NotePrinter())
  }

  private func serve(_ server: HTTPListener) async {
    await withDiscardingTaskGroup { group in
      for await request in server.requests {
        group.addTask { request.answer(await receiver.handle(headers: request.headers, body: request.body)) }
      }
    }
  }

  /// Syncs first where the store knows nothing; what is delivered meanwhile waits.
  private func follow(_ follower: Follower) async throws {
    guard let account else { return }
    if try await !hasSynced(account.connection) {
      Output.message("webhook-receiver: the store knows nothing of it yet; syncing first")
      let engine = SyncEngine(
        sources: account.sources, store: store.records, options: account.options, clock: clock,
        observer: NotePrinter())
      let report = try await engine.run()
      for gap in report.gaps { Output.message("webhook-receiver: missing: \(gap.what): \(gap.why)") }
      Output.message("webhook-receiver: synced \(report.repositories) repositories; following")
    }
    try await follower.run()
  }

  private func hasSynced(_ id: ConnectionID) async throws -> Bool {
    let record = RecordID(unchecked: id.rawValue)
    guard let known = try await store.records.record(Connection.self, id: record, connection: id) else { return false }
    return try await ConnectionOverview(of: store.records, clock: clock).status(of: known).lastSync != nil
  }

  private func report(_ follower: Follower?) async throws -> WebhookReceiverProgram.ExitCode {
    let waiting = try await store.queue.counts()
    for line in Output.lines(of: receiver.counts) { Output.line(line) }
    if let follower { for line in Output.lines(of: follower.counts) { Output.line(line) } }
    let count = waiting.due + waiting.delayed + waiting.claimed
    Output.line("waiting     \(count)")
    if waiting.dead > 0 { Output.line("dead        \(waiting.dead)") }
    return follower != nil && count > 0 && arguments.store == .memory ? .incomplete : .complete
  }
}

/// Prints what is accepted where nobody follows it.
private struct AcceptedPrinter: SyncObserver {
  func observe(_ event: ObservedEvent) {
    if case .note(let text) = event { Output.line(text) }
  }
}
#endif
