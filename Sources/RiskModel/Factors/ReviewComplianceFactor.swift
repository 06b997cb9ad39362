import KoalrCodeOwnersParser
import KoalrDomain

/// A change that nobody else, or not its owners, agreed to.
///
/// Full strength while changes are requested or no other person approves; half (by default) when every approval is older than
/// the newest commit; otherwise by the share of owned files whose owners did not approve. Approvals by the author and by bots
/// do not count.
public struct ReviewComplianceFactor: RiskFactor {
  /// The strength when every approval came before the newest commit.
  public var staleApprovalStrength: Double
  /// The strength when hardly any of the owned files lacks its owner's approval.
  public var missingOwnerFloor: Double

  /// Makes the factor.
  public init(staleApprovalStrength: Double, missingOwnerFloor: Double) {
    self.staleApprovalStrength = staleApprovalStrength
    self.missingOwnerFloor = missingOwnerFloor
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension ReviewComplianceFactor {
  public var key: String { "review-compliance" }

  public func strength(in evidence: ChangeEvidence) -> FactorVerdict {
    guard let reviews = evidence.reviews.value else {
      return .missing(reason: evidence.reviews.absence ?? "the reviews are not known")
    }
    let verdicts = ReviewVerdicts(reviews: reviews, author: evidence.change.author, asOf: evidence.asOf)
    if !verdicts.objectors.isEmpty {
      return .strength(
        1, reason: "\(Wording.list(verdicts.objectors.map(\.rawValue))) asked for changes and did not approve since")
    }
    if verdicts.approvals.isEmpty { return .strength(1, reason: noApproval(verdicts, evidence)) }
    return approved(verdicts, evidence)
  }

  private func noApproval(_ verdicts: ReviewVerdicts, _ evidence: ChangeEvidence) -> String {
    let others = verdicts.reviewers == 1 ? "1 other person" : "\(verdicts.reviewers) other people"
    let seen = verdicts.reviewers == 0 ? "nobody else reviewed it" : "\(others) reviewed it"
    if verdicts.authorApproved { return "only the author approved it; \(seen)" }
    if verdicts.botsApproved { return "only a bot approved it; \(seen)" }
    return (evidence.change.state == .open ? "no approval yet; " : "no approval; ") + seen
  }

  private func approved(_ verdicts: ReviewVerdicts, _ evidence: ChangeEvidence) -> FactorVerdict {
    let people = Wording.list(verdicts.approvals.map(\.login.rawValue))
    let fresh = verdicts.approvals(since: evidence.headCommittedAt)
    let stale = fresh.isEmpty ? staleApprovalStrength : 0
    let age = fresh.isEmpty ? ", before the newest commit" : ""
    switch OwnerApproval(evidence: evidence, approvers: verdicts.approvals.map(\.login)).outcome {
    case .missing(let reason):
      return .strength(stale, reason: "approved by \(people)\(age); owners could not be checked: \(reason)")
    case .known(let owners):
      let missing =
        owners.lacking.isEmpty || owners.decided == 0
        ? 0
        : missingOwnerFloor + (1 - missingOwnerFloor) * Double(owners.lacking.count) / Double(owners.decided)
      return .strength(max(stale, missing), reason: "approved by \(people)\(age); \(owners.words)")
    }
  }
}
