import Foundation
import KoalrCore

/// What a run is expected to cost, for machines; with what it did cost once that is known.
struct PlanSummary: Encodable {
  var lines: [PlannedCost]
  var requests: Int
  var points: Int
  var bytes: Int
  var seconds: Double
  var clones: Int
  var cloneBytes: Int
  var measuredRequests: Int?
  var measuredPoints: Int?

  init(plan: SyncPlan, meter: RunMeter?) {
    lines = plan.lines
    let total = plan.total
    (requests, points, bytes, seconds) = (total.requests, total.points, total.bytes, total.seconds)
    (clones, cloneBytes) = (plan.clones, plan.cloneBytes)
    guard let gitHub = meter?.requests.github else { return }
    measuredRequests = gitHub.rest + gitHub.graphql
    measuredPoints = gitHub.points
  }

  var text: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }
}
