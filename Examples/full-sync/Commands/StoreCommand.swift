import Foundation
import KoalrCore

/// What can be done with a database file beside syncing into it.
struct StoreCommand {
  var arguments: StoreArguments

  func run() async throws -> FullSync.ExitCode {
    if arguments.action == .check { return try await check() }
    let file = try await StoreSetup.openExisting(arguments.file)
    switch arguments.action {
    case .show(let json, let export):
      try await SummaryPrinter(json: json, export: export, meter: RunMeter()).print(file.records, report: nil)
    case .backup(let copy):
      try await file.backUp(to: copy)
      let size = try FileManager.default.attributesOfItem(atPath: copy.path)[.size] as? Int
      try Output.print("The backup has \(size ?? 0) bytes.")
    case .retain(let days, let rollsUp, let now): try await retain(file, days: days, rollsUp: rollsUp, now: now ?? Date())
    case .compact:
      let before = try await file.bytes()
      try await file.shrink()
      try Output.print("The file has \(try await file.bytes()) bytes; it had \(before).")
    case .check: break
    }
    return .complete
  }

  /// A file that is too damaged to be opened is an answer here and no failure.
  private func check() async throws -> FullSync.ExitCode {
    let problems: [String]
    do {
      problems = try await StoreSetup.openExisting(arguments.file).problems()
    } catch let error as StoreError where error.code == .damaged {
      problems = [error.description]
    }
    try Output.print(problems.isEmpty ? "sound" : problems.joined(separator: "\n"))
    return problems.isEmpty ? .complete : .incomplete
  }

  private func retain(_ file: any DatabaseFile, days: Int, rollsUp: Bool, now: Date) async throws {
    let policy = RetentionPolicy(olderThan: days, action: rollsUp ? .rollUp : .drop)
    let report = try await StoreRetention(file.records).apply(policy, now: now)
    let counts = try await StoreSummary(file.records).counts()
    try Output.print(RetentionText(report: report, counts: counts).lines.joined(separator: "\n"))
  }
}
