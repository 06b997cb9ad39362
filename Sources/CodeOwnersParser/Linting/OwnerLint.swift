/// What the directory knows against the owners of a file.
struct OwnerLint {
  private let file: CodeOwnersFile
  private let directory: OwnerDirectory
  private var verdicts: [Owner: Verdict?] = [:]
  private(set) var findings: [CodeOwnersFinding] = []

  private struct Verdict {
    var rule: CodeOwnersFinding.Rule
    var severity: CodeOwnersFinding.Severity
    var message: String
    var advice: String
  }

  init(file: CodeOwnersFile, directory: OwnerDirectory) {
    self.file = file
    self.directory = directory
    for rule in file.rules where !rule.owners.isEmpty { check(rule) }
    for header in file.contents.table.headers where header.line > 0 {
      check(file.contents.table.ownerLists[header.owners], line: Int(header.line), after: 0)
    }
  }

  private mutating func check(_ rule: CodeOwnersRule) {
    check(rule.owners, line: rule.line, after: RuleWords.pattern(of: rule, in: file.lineBytes(rule.line)).upperBound)
  }

  private mutating func check(_ owners: [Owner], line: Int, after start: Int) {
    var places: [Range<Int>]?
    func column(_ index: Int) -> Int {
      let known = places ?? RuleWords.places(of: owners, in: file.lineBytes(line), from: start)
      places = known
      return index < known.count ? known[index].lowerBound + 1 : 1
    }
    var seen: Set<Owner> = []
    for (index, owner) in owners.enumerated() {
      if !seen.insert(owner).inserted {
        add(
          Verdict(
            rule: .duplicateOwner, severity: .note, message: "\(owner) stands twice on the line", advice: "remove the second one"),
          line, column(index))
      } else if let verdict = verdict(of: owner) {
        add(verdict, line, column(index))
      }
    }
  }

  private mutating func add(_ verdict: Verdict, _ line: Int, _ column: Int) {
    findings.append(
      CodeOwnersFinding(
        rule: verdict.rule, severity: verdict.severity, line: line, column: column, message: verdict.message,
        advice: verdict.advice))
  }

  private mutating func verdict(of owner: Owner) -> Verdict? {
    if let known = verdicts[owner] { return known }
    let verdict = make(owner)
    verdicts[owner] = .some(verdict)
    return verdict
  }

  private func make(_ owner: Owner) -> Verdict? {
    switch directory.access(of: owner) {
    case .absent:
      return Verdict(
        rule: .unknownOwner, severity: .error, message: "\(owner) does not exist or cannot be seen",
        advice: "correct the name, or make the team visible")
    case .gone:
      return Verdict(
        rule: .departedOwner, severity: .error, message: "\(owner) has left", advice: "name somebody who is there")
    case .read:
      return Verdict(
        rule: .ownerWithoutAccess, severity: .error, message: "\(owner) has no write access, so approvals do not count",
        advice: "give write access, or name another owner")
    case .write, .unknown: break
    }
    guard directory.people(behind: owner)?.isEmpty == true else { return nil }
    return Verdict(
      rule: .emptyTeam, severity: .error, message: "\(owner) has no members, so nobody can approve",
      advice: "add members, or name another owner")
  }
}

extension CodeOwnersFile {
  /// The bytes of a line, counted from 1, without what ends it.
  func lineBytes(_ line: Int) -> ArraySlice<UInt8> {
    guard line >= 1, line <= lines.count else { return [] }
    var content = bytes[lines[line - 1].range]
    if content.last == .newline { content.removeLast() }
    return content.last == 0x0D ? content.dropLast() : content
  }
}
