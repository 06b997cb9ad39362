#if SQLite
import KoalrCore

/// What the workers' own words say about the queue.
struct Verdict {
  private var findings: [String] = []
  private var found = 0
  private var attempts = 0
  private var done = 0
  private var lost = 0

  var isGood: Bool { found == 0 }

  /// One time that a job was in a worker's hands.
  private struct Execution {
    var begin: Double
    var end: Double
    var attempt: Int
    var lines: [WorkLine]

    /// The lease had ended before the worker set about completing, and the queue took it.
    var completedLate: Bool { has(.completed) && lines.contains { $0.event == .completing && $0.time > end } }

    func has(_ event: WorkLine.Event) -> Bool { lines.contains { $0.event == event } }

    /// Told so, or killed before it could be told.
    var mayHaveCompleted: Bool { has(.completed) || (has(.completing) && !has(.lost)) }
  }

  init(lines: [WorkLine], parents: [JobID], counts: JobCounts) {
    if counts != JobCounts() { note("The queue is not empty: \(counts).") }
    var finished: Set<String> = []
    var ended: Set<String> = []
    for (job, lines) in Dictionary(grouping: lines, by: \.job) {
      let executions = self.executions(job, lines)
      attempts += executions.count
      lost += executions.count { $0.has(.lost) }
      checkOverlaps(job, executions)
      if checkCompletion(job, executions) {
        ended.insert(job)
        finished.formUnion(lines.filter { $0.event == .claimed }.prefix(1).map(\.note))
      }
    }
    done = ended.count
    for id in parents where !ended.contains(id.rawValue) { note("Job \(id) was added and never done.") }
    for index in parents.indices where !finished.contains("c\(index)") { note("The child of parent \(index) was never done.") }
  }

  private mutating func executions(_ job: String, _ lines: [WorkLine]) -> [Execution] {
    Dictionary(grouping: lines, by: \.attempt).compactMap { attempt, lines -> Execution? in
      let claims = lines.filter { $0.event == .claimed }
      if claims.count != 1 { note("Attempt \(attempt) of job \(job) went to \(claims.count) workers.") }
      guard let claim = claims.first else { return nil }
      let leaseEnd = lines.filter { $0.event == .claimed || $0.event == .extended }.map(\.time).max() ?? claim.time
      let end = lines.first { $0.event == .givingBack }?.time ?? leaseEnd
      return Execution(begin: claim.begin, end: end, attempt: attempt, lines: lines)
    }.sorted { $0.attempt < $1.attempt }
  }

  private mutating func checkOverlaps(_ job: String, _ executions: [Execution]) {
    for (earlier, later) in zip(executions, executions.dropFirst()) where later.begin < earlier.end - 1e-6 {
      note(
        "Job \(job) was handed out as attempt \(later.attempt) \(earlier.end - later.begin) s before attempt \(earlier.attempt) "
          + "ended.")
    }
  }

  /// Returns whether the job was completed, which must be the last thing that happened to it.
  private mutating func checkCompletion(_ job: String, _ executions: [Execution]) -> Bool {
    for execution in executions.dropLast() where execution.has(.completed) {
      note("Job \(job) was handed out again after attempt \(execution.attempt) had completed it.")
    }
    for execution in executions where execution.completedLate {
      note("Job \(job) was completed in attempt \(execution.attempt) after the lease had ended.")
    }
    let isDone = executions.last?.mayHaveCompleted ?? false
    if !isDone { note("Job \(job) left the queue without being completed.") }
    return isDone
  }

  private mutating func note(_ sentence: String) {
    found += 1
    if findings.count < 20 { findings.append(sentence) }
  }

  func summary(seconds: Double, kills: Int, workers: Int, seed: Int) -> String {
    let rate = Int(Double(done) / seconds)
    let head =
      "\(done) jobs done in \(attempts) attempts by \(workers) processes, \(kills) kills, \(lost) leases lost, seed \(seed)\n"
      + "\(Int(seconds * 10) / 10) s, \(rate) jobs/s\n"
    let tail = isGood ? "verdict: none lost, none done twice within its lease" : "verdict: BROKEN, \(found) findings"
    return head + findings.map { $0 + "\n" }.joined() + tail
  }
}
#endif
