public import KoalrCodeOwnersParser
import KoalrDomain

/// Where the owners that a file declares are not the people who do the work.
///
/// ```swift
/// let drift = OwnershipDrift(of: file, in: contributions, directory: people)
/// drift.events.first?.summary
/// ```
///
/// A commit counts once for each rule that decides about a file of it, and less the older it is
/// (``ContributionWindow/weight(at:)``). Owners are whoever stands behind any owner of the rule, members of teams included; bots and
/// merges count for nothing. What the owners did is compared with what all people did: an event is a share below
/// ``DriftOptions/threshold``. Where people may or may not be owners, because members of a team or accounts of addresses are not
/// known, a rule is an event only if it is one with all of them counted as owners, and undecided if that makes the difference.
public struct OwnershipDrift: Hashable, Sendable {
  /// Rules that drifted: the worst first, and among equals those with the most commits.
  public let events: [DriftEvent]
  /// Rules of which it cannot be told, in the order of the file.
  public let undecided: [UndecidedDrift]
  /// How many rules have enough commits and are decided, drifted or not.
  public let decidedRules: Int
  /// How many rules have some commits, but fewer than ``DriftOptions/minimumCommits``.
  public let quietRules: Int

  /// Compares the owners of a file with the contributors. Costs the commits with their files, a look-up of each distinct path,
  /// and for each rule its contributors times its owners.
  public init(
    of file: CodeOwnersFile, in contributions: Contributions, directory: OwnerDirectory, options: DriftOptions = DriftOptions()
  ) {
    var judge = DriftJudge(
      people: contributions.people, options: options, search: LikelyOwnerSearch(file, directory, contributions.people))
    let reading = DriftReading(file, contributions, directory, options)
    for (rule, tally) in zip(reading.decisions.rules, reading.tallies) { judge.judge(rule, tally) }
    events = judge.events.sorted { left, right in
      (right.severity, right.commits, left.rule.line) < (left.severity, left.commits, right.rule.line)
    }
    undecided = judge.undecided.sorted { $0.rule.line < $1.rule.line }
    decidedRules = judge.decidedRules
    quietRules = judge.quietRules
  }

  /// The part of the decided rules that drifted, 0 to 1; `nil` when none is decided.
  public var rate: Double? { decidedRules > 0 ? Double(events.count) / Double(decidedRules) : nil }
}
