import Foundation
import KoalrCore

/// Exports and prints what a store holds.
struct SummaryPrinter {
  var json: Bool
  var export: String?
  var meter: RunMeter

  /// - Parameter report: `nil` when nothing was synced.
  func print(_ store: any Store, report: SyncReport?) async throws {
    if let export { try await StoreExport(store).write(to: URL(fileURLWithPath: export)) }
    let held = report == nil ? try await HeldRun(store) : nil
    if json {
      let counts = try await StoreSummary(store).counts()
      let ungrouped = try await Summary.ungrouped(in: store)
      return try Output.print(
        JSONSummary(counts: counts, ungrouped: ungrouped, report: report, held: held, meter: meter).text)
    }
    let summary = try await Summary(of: store)
    let text = TextSummary(summary: summary, report: report, requests: meter.requests, held: held)
    try Output.print(text.lines.joined(separator: "\n"))
    Messages.print(
      "\(meter.elapsedSeconds) s, \(RunMeter.cpuSeconds.own) s of processor time, \(RunMeter.peakMemoryBytes / 1_000_000) MB at most"
    )
  }
}
