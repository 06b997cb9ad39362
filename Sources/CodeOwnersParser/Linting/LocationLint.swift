/// Whether the host looks at a file where it lies. The first of its places that has a file counts.
struct LocationLint {
  private(set) var findings: [CodeOwnersFinding] = []

  init(dialect: CodeOwnersParser.Dialect, path: String, paths: [String]) {
    let places = dialect.locations
    guard let rank = places.firstIndex(of: path) else {
      add(
        .wrongLocation, .error, "\(dialect) does not look for the file at \(path)",
        "move it to \(places.joined(separator: ", or to "))")
      return
    }
    let present = Set(paths).intersection(places)
    if let winner = places[..<rank].first(where: present.contains) {
      add(.wrongLocation, .error, "\(dialect) reads \(winner) and not \(path)", "merge the two, and remove one")
    }
    for other in places[(rank + 1)...] where present.contains(other) {
      add(.secondFile, .warning, "\(dialect) does not read \(other), because there is \(path)", "merge the two, and remove one")
    }
  }

  private mutating func add(
    _ rule: CodeOwnersFinding.Rule, _ severity: CodeOwnersFinding.Severity, _ message: String, _ advice: String
  ) {
    findings.append(
      CodeOwnersFinding(rule: rule, severity: severity, line: 1, column: 1, message: message, advice: advice))
  }
}
