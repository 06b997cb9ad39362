import Foundation
import KoalrCore
import Synchronization

/// Does the jobs that connections left in the queue: their syncs, and webhooks that could not be registered at once.
struct WorkCommand {
  var arguments: WorkArguments
  var environment: [String: String]

  /// - Returns: incomplete when a job failed; it is tried again later, by whoever works then.
  func run() async throws -> FullSync.ExitCode {
    let file = try await StoreSetup.openExisting(arguments.file)
    let failures = Failures()
    let worker = SyncWorker(
      queue: file.jobs, name: "full-sync \(ProcessInfo.processInfo.processIdentifier)", works: works(file),
      observer: failures)
    let work = Task {
      guard arguments.once else { return try await worker.run() }
      while try await worker.runNext() {}
    }
    let signals = StopSignals { work.cancel() }
    defer { signals.end() }
    do {
      try await work.value
    } catch is CancellationError {
      // Somebody stopped it; the job it had is back in the queue.
    }
    return failures.count == 0 ? .complete : .incomplete
  }

  private func works(_ file: any DatabaseFile) -> [SyncWorker.Work] {
    [
      SyncWorker.sync { id in
        let found = try await saved(file).held.require(id)
        Messages.print("Syncing \"\(found.settings.name)\"")
        let words = ["--connection", found.settings.name, "--store", "sqlite:\(arguments.file.path)"] + arguments.cacheWords
        let command = SyncCommand(arguments: try SyncArguments(words), environment: environment)
        return try await command.engine(into: OpenedStore(file))
      },
      SyncWorker.webhook { id in
        let saved = try await saved(file)
        let found = try saved.held.require(id)
        Messages.print("Registering the webhook of \"\(found.settings.name)\"")
        return try await SavedWebhooks(saved: saved).upkeep(of: found).retry()
      },
    ]
  }

  private func saved(_ file: any DatabaseFile) async throws -> SavedConnections {
    try await SavedConnections(file, environment: environment)
  }

  /// Prints what the worker says, which is about jobs that failed, and counts it.
  private final class Failures: SyncObserver {
    private let failed = Mutex(0)
    var count: Int { failed.withLock { $0 } }

    func observe(_ event: ObservedEvent) {
      guard case .note(let text) = event else { return }
      failed.withLock { $0 += 1 }
      Messages.print("full-sync: \(text)")
    }
  }
}
