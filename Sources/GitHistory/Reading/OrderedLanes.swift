/// Works on several pieces side by side and hands over the results in the order of the pieces.
enum OrderedLanes {
  static func run<Piece: Sendable, Outcome: Sendable>(
    _ pieces: [Piece], width: Int, work: @escaping @Sendable (Piece) async throws -> Outcome,
    deliver: (Outcome) async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: (Int, Outcome).self) { group in
      var started = 0
      func startNext() {
        guard started < pieces.count else { return }
        let index = started
        let piece = pieces[index]
        started += 1
        group.addTask { (index, try await work(piece)) }
      }
      for _ in 0..<max(1, width) { startNext() }
      var waiting: [Int: Outcome] = [:]
      var next = 0
      while let (index, outcome) = try await group.next() {
        waiting[index] = outcome
        while let ready = waiting.removeValue(forKey: next) {
          next += 1
          try await deliver(ready)
          // Only now: results that wait to be delivered are bounded by the width.
          startNext()
        }
      }
    }
  }
}
