public import KoalrCodeOwnersParser
public import KoalrDomain

/// A rule whose declared owners are hardly among those who do the work.
public struct DriftEvent: Hashable, Sendable {
  /// The rule.
  public var rule: CodeOwnersRule
  /// The section it stands in; `nil` where files have no sections.
  public var section: CodeOwnersSection?
  /// Who is declared, with what they did.
  public var declared: [OwnerShare]
  /// The part of the commits that owners made, weighted by age, 0 to 1.
  public var ownersShare: Double
  /// The part that was made by people of whom it cannot be told whether they are owners; with it the share is still too low.
  public var uncertainShare: Double
  /// How bad it is.
  public var severity: Severity
  /// Those who did most, at most as many as the options say.
  public var contributors: [ContributorShare]
  /// The commits by people that changed files which the rule decides about.
  public var commits: Int
  /// The files that they changed.
  public var files: Int
  /// The commit since which the share has been too low, looking no further back than the window.
  public var since: Date
  /// Who would be better owners; `nil` when nobody known does enough.
  public var likely: LikelyOwners?

  /// Makes an event.
  public init(
    rule: CodeOwnersRule, section: CodeOwnersSection? = nil, declared: [OwnerShare], ownersShare: Double,
    uncertainShare: Double = 0, severity: Severity, contributors: [ContributorShare], commits: Int, files: Int, since: Date,
    likely: LikelyOwners? = nil
  ) {
    self.rule = rule
    self.section = section
    self.declared = declared
    self.ownersShare = ownersShare
    self.uncertainShare = uncertainShare
    self.severity = severity
    self.contributors = contributors
    self.commits = commits
    self.files = files
    self.since = since
    self.likely = likely
  }

  /// The declared owners, in the order of the rule.
  public var owners: [Owner] { declared.map(\.owner) }

  /// The facts in one sentence, without its full stop.
  public var summary: String {
    let names = Wording.list(owners.map(\.text))
    let most = contributors.prefix(3).map { "\($0.author) \(Wording.percent($0.share))" }
    return "line \(rule.line), \(rule.pattern): \(names) made \(Wording.percent(ownersShare)) of "
      + "\(Wording.count(commits, "commit")) to \(Wording.count(files, "file")) by weight; most came from "
      + Wording.list(most)
  }
}

/// What one declared owner did.
public struct OwnerShare: Hashable, Sendable {
  /// The owner.
  public var owner: Owner
  /// Their part of the commits, weighted by age, 0 to 1; `nil` when it is not known who they are.
  public var share: Double?

  /// Makes a share.
  public init(owner: Owner, share: Double?) {
    self.owner = owner
    self.share = share
  }
}

/// A rule of which it cannot be told whether it drifted.
public struct UndecidedDrift: Hashable, Sendable {
  /// The rule.
  public var rule: CodeOwnersRule
  /// Why, as a sentence without its full stop: "the people behind @acme/api are not known".
  public var reason: String

  /// Makes one.
  public init(rule: CodeOwnersRule, reason: String) {
    self.rule = rule
    self.reason = reason
  }
}
