/// Diagnostics up to a limit.
struct DiagnosticList: Sendable {
  private(set) var kept: [CodeOwnersDiagnostic] = []

  /// Whether one more would be kept; asked before its words are made.
  var hasRoom: Bool { kept.count < CodeOwnersParser.maximumDiagnostics }

  mutating func add(_ diagnostic: CodeOwnersDiagnostic) {
    guard hasRoom else { return }
    kept.append(diagnostic)
    if !hasRoom { kept[kept.count - 1].reason += "; there may be more, which are not listed" }
  }
}
