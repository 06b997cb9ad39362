/// How long GitHub has worked on answers within the last span, as far as that can be seen from outside: the time from sending to
/// the end of the answer.
struct AnsweringTime: Sendable {
  private let limit: Duration
  private let span: Duration
  private var past: [(start: Duration, end: Duration)] = []

  init(limit: Duration, span: Duration) {
    self.limit = limit
    self.span = span
  }

  /// When the next call may begin: now, unless calls that overlapped have used up the span's time.
  func earliest(at now: Duration, running: some Sequence<Duration>) -> Duration {
    let beginning = now - span
    let spans = past + running.map { (start: $0, end: now) }
    let used = spans.reduce(Duration.zero) { $0 + max(.zero, $1.end - max($1.start, beginning)) }
    guard used > limit, let oldest = spans.map({ max($0.start, beginning) }).min() else { return now }
    return max(now, oldest + span) + (used - limit)
  }

  /// Notes an answer.
  mutating func add(from start: Duration, to end: Duration) {
    past.removeAll { $0.end <= end - span }
    past.append((start, end))
  }
}
