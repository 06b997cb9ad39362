import KoalrCore

/// Tells a person what a sync does, a line at a time.
struct ProgressPrinter {
  /// A gap a line is enough for a few; an outage is told by the summary.
  static let printedGaps = 20
  private var gaps = 0

  mutating func print(_ step: SyncProgress) {
    switch step {
    case .phase(let phase): Messages.print("── \(phase.rawValue)")
    case .connected(let connection):
      Messages.print("   \(connection.id): \(connection.message ?? connection.status.rawValue)")
    case .resumed(let time): Messages.print("   Going on with the run of \(ISO8601Time.format(time)) that was interrupted.")
    case .discovered(let count): Messages.print("   \(count) repositories")
    case .firstScores(let changes, let repositories):
      Messages.print("   first scores of \(changes) open changes in \(repositories) repositories")
    case .scored(let name, let score, let done, let all):
      Messages.print("   [\(done)/\(all)] \(name): \(score.map(String.init) ?? "no score")")
    case .gap(let gap):
      gaps += 1
      if gaps <= Self.printedGaps { Messages.print("   missing: \(gap.what): \(gap.why)") }
    case .finished: break
    }
  }
}
