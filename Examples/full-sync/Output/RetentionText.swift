import KoalrCore

/// What a retention did, as text.
struct RetentionText {
  var report: RetentionReport
  /// What the store holds afterwards.
  var counts: StoreCounts

  var lines: [String] {
    [
      "removed: \(list(\.removed))",
      "of these rolled up: \(list(\.rolledUp))",
      "old, and kept because it is open: \(list(\.keptOpen))",
      "held: \(list { counts[$0] })",
    ]
  }

  private func list(_ number: KeyPath<RetentionReport.Numbers, Int>) -> String {
    list { report[RecordKind(rawValue: $0)][keyPath: number] }
  }

  private func list(_ number: (String) -> Int) -> String {
    let parts = StoreCounts.names.filter { number($0) > 0 }.map { "\(number($0)) \($0)" }
    return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
  }
}
