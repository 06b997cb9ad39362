import KoalrCore

/// What a run is expected to cost, for a terminal.
struct PlanText {
  var plan: SyncPlan

  var lines: [String] {
    let width = (plan.lines.map(\.part.count).max() ?? 0) + 2
    let rows = (plan.lines + [plan.total]).map { line in
      pad(line.part, width) + "\(right(line.requests, 6)) requests \(right(line.points, 6)) points "
        + "\(right(kilobytes(line.bytes), 9)) kB \(right(Int(line.seconds.rounded(.up)), 6)) s"
    }
    return ["What the run would cost"] + rows.map { "  " + $0 } + ["  \(clones)"]
  }

  /// One line with what was planned and what was measured.
  func beside(_ measured: RunMeter.Requests) -> String {
    "asked: \(measured.github.graphql + measured.github.rest) requests and \(measured.github.points) points; "
      + "planned \(plan.total.requests) and \(plan.total.points)"
  }

  private var clones: String {
    "and \(plan.clones) clones, some \(plan.cloneBytes / 1_000_000) MB, which cost no budget; about "
      + "\(max(1, Int((plan.total.seconds / 60).rounded(.up)))) min in all"
  }

  private func kilobytes(_ bytes: Int) -> Int { (bytes + 999) / 1000 }
  private func pad(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
  private func right(_ number: Int, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - String(number).count)) + String(number)
  }
}
