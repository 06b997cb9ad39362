import KoalrDomain
import KoalrRiskModel

/// Plays a repository's history forward and stops before each change lands, so that its evidence holds nothing of its own work
/// and nothing of the future.
struct HistoryReplay {
  private var index: HistoryIndex
  private let landings: [Landing]
  /// Less is no failure of the work: a deployment that could not be carried out, or went well when tried again.
  private static let leastConfidence = 0.25
  /// What went wrong, each incident once, by when its cause became known: the files of the commit behind it.
  private var failures: ArraySlice<(time: Date, files: [String])>

  init(commits: [Commit], head: CommitID?, incidents: [Incident], decay: HistoryDecay) {
    index = HistoryIndex(decay: decay)
    landings = Landing.sequence(of: commits, head: head)
    let files = Dictionary(commits.map { ($0.sha, $0.files ?? []) }, uniquingKeysWith: { first, _ in first })
    let known = JoinedIncident.all(of: incidents).compactMap { incident -> (time: Date, files: [String])? in
      guard incident.confidence >= Self.leastConfidence, let report = incident.blaming, let cause = report.causeSHA,
        let files = files[cause], !files.isEmpty
      else { return nil }
      // A revert tells when it is made, not when the reverted commit was.
      let time = report.source == .revert ? report.resolvedAt ?? report.startedAt : report.startedAt
      return (time, files.map(\.path))
    }
    failures = known.sorted { $0.time < $1.time }[...]
  }

  /// Calls `body` once for each change with the evidence of its moment: before its landing, at its closing, or now.
  mutating func evidence(
    for changes: [Change], now: Date, body: (Change, Date, HistoryEvidence) throws -> Void
  ) rethrows {
    var landing = Dictionary(grouping: changes.filter { $0.mergeSHA != nil }, by: { $0.mergeSHA })
    let landed = Set(landings.flatMap { $0.commits.map(\.sha) })
    var others = changes.filter { change in change.mergeSHA.map { !landed.contains($0) } ?? true }
      .sorted { ($0.decidedAt ?? now, $0.id) < ($1.decidedAt ?? now, $1.id) }[...]
    for step in landings {
      while let change = others.first, let time = change.decidedAt, time <= step.time {
        others.removeFirst()
        try tell(change, at: time, body)
      }
      // The commits of one rebase land together; the host may name any of them as the merge.
      for change in step.commits.flatMap({ landing.removeValue(forKey: $0.sha) ?? [] }) {
        try tell(change, at: change.decidedAt ?? step.time, body)
      }
      learnFailures(until: step.time)
      for commit in step.commits { index.add(commit) }
    }
    for change in others { try tell(change, at: change.decidedAt ?? now, body) }
  }

  private mutating func tell(_ change: Change, at time: Date, _ body: (Change, Date, HistoryEvidence) throws -> Void) rethrows {
    learnFailures(until: time)
    try body(change, time, index.evidence(for: change, at: time))
  }

  private mutating func learnFailures(until time: Date) {
    while let failure = failures.first, failure.time < time {
      failures.removeFirst()
      index.addFailure(files: failure.files, at: failure.time)
    }
  }
}
