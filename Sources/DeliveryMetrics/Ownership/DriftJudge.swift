import KoalrCodeOwnersParser
import KoalrDomain

/// Sorts rules into those that drifted, those of which it cannot be told, and the others.
struct DriftJudge {
  let people: [Person]
  let options: DriftOptions
  let search: LikelyOwnerSearch
  private(set) var events: [DriftEvent] = []
  private(set) var undecided: [UndecidedDrift] = []
  private(set) var decidedRules = 0
  private(set) var quietRules = 0

  init(people: [Person], options: DriftOptions, search: LikelyOwnerSearch) {
    self.people = people
    self.options = options
    self.search = search
  }

  mutating func judge(_ rule: RuleDecisions.Decided, _ tally: DriftTally) {
    guard tally.work.commits > 0 else { return }
    guard tally.work.commits >= options.minimumCommits, tally.work.weight > 0 else {
      quietRules += 1
      return
    }
    if let since = tally.since {
      decidedRules += 1
      events.append(event(rule, tally, since: since))
    } else if options.isDrift(share: tally.share) {
      undecided.append(UndecidedDrift(rule: rule.rule, reason: reason(rule, tally)))
    } else {
      decidedRules += 1
    }
  }

  private func event(_ rule: RuleDecisions.Decided, _ tally: DriftTally, since: Date) -> DriftEvent {
    DriftEvent(
      rule: rule.rule, section: rule.section,
      declared: zip(rule.owners, tally.owners).map { OwnerShare(owner: $0, share: share(of: $1, in: tally.work)) },
      ownersShare: tally.share, uncertainShare: tally.uncertainShare,
      severity: options.severity(share: tally.share + tally.uncertainShare, commits: tally.work.commits),
      contributors: tally.work.top(options.contributors, of: people), commits: tally.work.commits, files: tally.files,
      since: since, likely: search.likelyOwners(of: tally.work))
  }

  private func share(of owner: OwnerLens.Known, in work: WorkTally) -> Double? {
    let standings = work.parts.keys.map { owner.contains(people[$0]) }
    return standings.contains(nil) ? nil : work.share { owner.contains(people[$0]) == true }
  }

  private func reason(_ rule: RuleDecisions.Decided, _ tally: DriftTally) -> String {
    let unknown = zip(rule.owners, tally.owners).filter { $1.accounts == nil }.map(\.0.text)
    if !unknown.isEmpty { return "the people behind \(Wording.list(unknown)) are not known" }
    let nameless = tally.work.parts.keys.count { people[$0].account == nil }
    return "the accounts of \(nameless) of \(Wording.count(tally.work.parts.count, "contributor")) are not known"
  }
}
