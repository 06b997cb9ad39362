import KoalrCore

/// Something that a repair should mend.
struct Fault {
  /// What people call it.
  var name: String
  /// `nil` when nobody knows how.
  var suggestion: OwnerSuggestion?

  /// Rules that drifted, and files that nobody owns.
  static func all(_ subject: Subject) -> [Self] {
    let drifted = subject.drift?.events.map { Self(name: "line \($0.rule.line), \($0.rule.pattern)", suggestion: $0.suggestion) }
    let gaps = subject.gaps?.unowned.map { Self(name: $0.path, suggestion: $0.suggestion) }
    return (drifted ?? []) + (gaps ?? [])
  }

  /// What a repair leaves as it is, each in a sentence with the reason.
  static func left(_ faults: [Self], by repair: CodeOwnersRepair) -> [String] {
    let unmet = Dictionary(grouping: repair.unmet, by: \.suggestion)
    return faults.flatMap { fault in
      guard let suggestion = fault.suggestion else {
        return ["\(fault.name): nobody who could be named as an owner made a fifth of its commits"]
      }
      return unmet[suggestion, default: []].map { "\(fault.name)\(part($0)): \($0.reason)" }
    }
  }

  /// How much of some files a reason is about, where not all of them.
  private static func part(_ unmet: UnmetSuggestion) -> String {
    guard case .paths(let meant) = unmet.suggestion.target, !unmet.paths.isEmpty, unmet.paths.count < meant.count
    else { return "" }
    return " (\(unmet.paths.count) of \(meant.count) files)"
  }
}
