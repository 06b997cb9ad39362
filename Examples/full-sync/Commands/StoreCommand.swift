import Foundation
import KoalrCore

/// What can be done with a database file beside syncing into it.
struct StoreCommand {
  var arguments: StoreArguments

  func run() async throws -> FullSync.ExitCode {
    switch arguments.action {
    case .show(let json, let export):
      let records = try await opened().records
      try await SummaryPrinter(json: json, export: export, meter: RunMeter()).print(records, report: nil)
    case .check: return try await check()
    case .backup(let copy): try await backUp(to: copy)
    case .retain(let days, let rollsUp, let now):
      let policy = RetentionPolicy(olderThan: days, action: rollsUp ? .rollUp : .drop)
      try await retain(policy, now: now ?? Date())
    case .compact: try await compact()
    }
    return .complete
  }

  private func opened() async throws -> any DatabaseFile { try await StoreSetup.openExisting(arguments.file) }

  /// A file that is too damaged to be opened is an answer here and no failure.
  private func check() async throws -> FullSync.ExitCode {
    let problems: [String]
    do {
      problems = try await opened().problems()
    } catch let error as StoreError where error.code == .damaged {
      problems = [error.description]
    }
    try Output.print(problems.isEmpty ? "sound" : problems.joined(separator: "\n"))
    return problems.isEmpty ? .complete : .incomplete
  }

  private func backUp(to copy: URL) async throws {
    try await opened().backUp(to: copy)
    let size = try FileManager.default.attributesOfItem(atPath: copy.path)[.size] as? Int
    try Output.print("The backup has \(size ?? 0) bytes.")
  }

  private func retain(_ policy: RetentionPolicy, now: Date) async throws {
    let records = try await opened().records
    let report = try await StoreRetention(records).apply(policy, now: now)
    let counts = try await StoreSummary(records).counts()
    try Output.print(RetentionText(report: report, counts: counts).lines.joined(separator: "\n"))
  }

  private func compact() async throws {
    let file = try await opened()
    let before = try await file.bytes()
    try await file.shrink()
    try Output.print("The file has \(try await file.bytes()) bytes; it had \(before).")
  }
}
