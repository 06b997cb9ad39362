import KoalrCore

/// The summary as text for a terminal.
struct TextSummary {
  /// How many gaps are printed.
  static let listed = 12

  var summary: Summary
  /// `nil` when nothing was synced.
  var report: SyncReport?
  /// What the run asked for.
  var requests: RunMeter.Requests
  /// How the last run ended, when there is no report of one.
  var held: HeldRun?

  var lines: [String] {
    connectionLines + repositoryLines + changeLines + missingLines + completenessLines
  }

  private var connectionLines: [String] { ["Connections"] + ConnectionLines(connections: summary.connections).lines }

  private var repositoryLines: [String] {
    let width = (summary.repositories.map(\.repository.name.rawValue.count).max() ?? 0) + 2
    var lines = ["", "Repositories (\(summary.repositories.count))"]
    for line in summary.repositories {
      let name = pad(line.repository.name.rawValue, width)
      guard let assessment = line.assessment, let score = assessment.score, let band = assessment.band else {
        lines.append("  \(name)   –           \(reasonForNoScore(line.repository))")
        continue
      }
      let known = assessment.knownChanges.map { " of \($0)" } ?? ""
      lines.append(
        "  \(name)\(pad(score, 3)) \(pad(band.rawValue, 9)) \(assessment.scoredChanges ?? 0)\(known) changes, "
          + "\(percent(assessment.evidenceShare)) of the evidence")
    }
    return lines
  }

  private func reasonForNoScore(_ repository: Repository) -> String {
    guard report?.isComplete != false else { return "no score yet: not everything could be read" }
    let newest = repository.pushedAt.map { "; the newest push is from \(ISO8601Time.day($0))" } ?? ""
    return "nothing changed in the window\(newest)"
  }

  private var changeLines: [String] {
    guard !summary.changes.isEmpty else { return [] }
    var lines = ["", summary.areOpen ? "Riskiest open changes" : "Riskiest changes of the window"]
    for (rank, line) in summary.changes.enumerated() {
      let author = (line.change.author?.rawValue).map { "@\($0)" } ?? line.change.authorName ?? "an unknown author"
      let score = line.assessment.score.map(String.init) ?? "–"
      lines.append(
        "\(pad(rank + 1, 3)). \(score) \(line.assessment.band?.rawValue ?? "")  \(line.repository)\(line.change.label)  \(line.change.title) (\(author))"
      )
      for factor in line.assessment.factors {
        lines.append("       +\(pad(factor.points, 2)) of \(pad(factor.maximum, 2))  \(pad(factor.key, 19)) \(factor.reason)")
      }
      for factor in line.assessment.missing { lines.append("        –         \(pad(factor.key, 19)) \(factor.reason)") }
    }
    return lines
  }

  private var missingLines: [String] {
    guard !summary.missing.isEmpty else { return [] }
    var lines = ["", "What could not be computed"]
    for line in summary.missing {
      let others = line.reasons > 1 ? " (and \(line.reasons - 1) other reason\(line.reasons == 2 ? "" : "s"))" : ""
      let changes = line.changes == 1 ? "change, " : "changes,"
      lines.append(
        "  \(pad(line.factor, 19)) \(pad(line.changes, 5)) \(changes) \(others.isEmpty ? "" : "mostly: ")\(line.reason)\(others)")
    }
    return lines
  }

  private var completenessLines: [String] {
    // Checkpoints are the sync's own notes.
    let names = StoreCounts.names.filter { summary.counts[$0] > 0 && $0 != SyncCheckpoint.kind.rawValue }
    let counts = names.map { "\(summary.counts[$0]) \($0)" }.joined(separator: ", ")
    guard let report else { return ["", "Held: \(counts)"] + missing(held?.gaps ?? []) }
    var lines = ["", report.isComplete ? "Complete" : report.stopped ? "Stopped before the end" : "Incomplete"]
    lines.append("  window: \(ISO8601Time.format(report.since)) to \(ISO8601Time.format(report.now))")
    if let time = report.resumedFrom { lines.append("  resumed: the run of \(ISO8601Time.format(time)) that was interrupted") }
    lines.append("  held: \(counts)")
    if let plan = report.plan { lines.append("  \(PlanText(plan: plan).beside(requests))") }
    if summary.ungrouped > 0 { lines.append("  ungrouped: \(summary.ungrouped) contributors are in no visible team") }
    lines += incompleteLines(report)
    lines += missing(report.gaps)
    let rest = report.gaps.count + report.unlistedGaps - Self.listed
    if rest > 0 { lines.append("  and \(rest) more; --json lists them") }
    return lines
  }

  private func incompleteLines(_ report: SyncReport) -> [String] {
    let names = Dictionary(
      summary.repositories.map { ($0.repository.id, $0.repository.name.rawValue) }, uniquingKeysWith: { first, _ in first })
    return report.certificates.filter { !$0.isComplete }.map { certificate in
      let parts = certificate.parts.filter { !$0.isComplete }.map { part in
        let of = part.expected.map { " of \($0)" } ?? ""
        return "\(part.stored)\(of) \(part.name)\(part.unreachable > 0 ? ", \(part.unreachable) unreachable" : "")"
      }
      let name = names[certificate.repositoryID] ?? certificate.repositoryID.rawValue
      return "  incomplete: \(name): \(parts.joined(separator: "; "))"
    }
  }

  private func missing(_ gaps: [SyncGap]) -> [String] {
    gaps.prefix(Self.listed).map { "  missing: \($0.what) (\($0.connection)): \($0.why)" }
  }

  private func percent(_ share: Double) -> String { "\(Int((share * 100).rounded())) %" }
  private func pad(_ text: String, _ width: Int) -> String { text + String(repeating: " ", count: max(0, width - text.count)) }
  private func pad(_ number: Int, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - String(number).count)) + String(number)
  }
}
