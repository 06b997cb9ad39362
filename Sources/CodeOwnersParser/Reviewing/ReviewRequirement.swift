public import KoalrDomain

/// What one rule asks of a change: approvals by its owners, for the changed files that it decides about.
///
/// GitLab asks for each section by itself, so a file may be in the requirements of several rules.
public struct ReviewRequirement: Hashable, Sendable {
  /// The rule that decides.
  public var rule: CodeOwnersRule
  /// The section it stands in; `nil` where files have no sections.
  public var section: CodeOwnersSection?
  /// The changed files it decides about, sorted.
  public var paths: [String]
  /// Who may approve, in the order of the file.
  public var owners: [Owner]
  /// Owners who may not: nobody but the author is behind them, or they are known to have no write access.
  public var barred: [Owner]
  /// How many of them have to.
  public var approvals: Int
  /// Whether the answer is only advice: an optional section of GitLab's, or a file of Bitbucket's.
  public var isOptional: Bool
  /// Whether fewer people may approve than have to, all of them known, so that GitLab approves the rule by itself.
  ///
  /// Source: docs.gitlab.com, "Merge request approval rules", invalid rules.
  public var cannotBeMet: Bool
  /// Who did, by time.
  public var approvedBy: [Login]
  /// Who approved the change and may be one of the owners: the team's members, or the account of the address, are not known.
  public var perhapsApprovedBy: [Login]

  /// Whether the owners have approved.
  public var state: State {
    if owners.isEmpty || cannotBeMet { return .waived }
    if approvedBy.count >= approvals { return .met }
    return approvedBy.count + perhapsApprovedBy.count >= approvals ? .undecided : .lacking
  }

  /// Whether the owners of a rule have approved.
  public enum State: String, Hashable, Sendable, Codable, CaseIterable {
    /// Enough of them did.
    case met
    /// Too few did.
    case lacking
    /// It cannot be told, because it is not known who some of the owners are.
    case undecided
    /// Nobody is left to be asked, because all owners are barred, or too few people at GitLab.
    case waived
  }
}
