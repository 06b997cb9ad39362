import Foundation
import KoalrCore

/// The summary as one JSON object for machines.
struct JSONSummary: Encodable {
  var counts: StoreCounts
  /// How many contributors no visible team has.
  var ungroupedContributors: Int
  var requests: RunMeter.Requests
  /// What the run was expected to cost; left out where the code host cannot tell.
  var planned: PlanSummary?
  var elapsedSeconds: Double
  var cpuSeconds: Double
  var childCPUSeconds: Double
  var peakMemoryBytes: Int
  var complete: Bool
  /// When the interrupted run began that this one went on with; left out of a new one.
  var resumedFrom: String?
  var gaps: [SyncGap]
  /// What each repository holds against what its host counts.
  var certificates: [Certificate]

  /// - Parameter held: how the last run ended, when there is no report of one.
  init(counts: StoreCounts, ungrouped: Int, report: SyncReport?, held: HeldRun?, meter: RunMeter) {
    self.counts = counts
    ungroupedContributors = ungrouped
    requests = meter.requests
    planned = report?.plan.map { PlanSummary(plan: $0, meter: meter) }
    elapsedSeconds = meter.elapsedSeconds
    (cpuSeconds, childCPUSeconds) = RunMeter.cpuSeconds
    peakMemoryBytes = RunMeter.peakMemoryBytes
    complete = report?.isComplete ?? held?.gaps.isEmpty ?? true
    resumedFrom = report?.resumedFrom.map { ISO8601Time.format($0) }
    certificates = report?.certificates ?? []
    gaps = report?.gaps ?? held?.gaps ?? []
    if let report, report.unlistedGaps > 0, let host = report.connections.first?.id {
      gaps.append(SyncGap(connection: host, what: "\(report.unlistedGaps) more", why: "there are too many to list"))
    }
    if report?.stopped == true, let host = report?.connections.first?.id {
      gaps.append(SyncGap(connection: host, what: "the rest of the window", why: "the run was stopped before its end"))
    }
  }

  var text: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }
}
