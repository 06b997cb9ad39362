import KoalrDomain

/// One part of the health of ownership: how good it is and why, or why it could not be computed.
struct HealthPart {
  let key: String
  let maximum: Int
  /// 0 to 1; `nil` when it could not be computed.
  let value: Double?
  let reason: String

  var contribution: FactorContribution? {
    value.map { value in
      FactorContribution(
        key: key, points: Int((min(1, max(0, value)) * Double(maximum)).rounded()), maximum: maximum, reason: reason)
    }
  }

  var absence: MissingFactor? { value == nil ? MissingFactor(key: key, reason: reason) : nil }
}

extension HealthPart {
  static func completeness(_ gaps: OwnershipGaps?, _ maximum: Int) -> Self {
    let key = "ownership-completeness"
    guard let files = gaps?.files else { return .missing(key, maximum, "the files of the repository are not known") }
    let all = files.owned + files.unowned
    guard all > 0 else { return .missing(key, maximum, "no file has or lacks an owner") }
    let beside = files.ownerless > 0 ? "; \(Wording.count(files.ownerless, "file")) without one on purpose" : ""
    return Self(
      key: key, maximum: maximum, value: Double(files.owned) / Double(all),
      reason: "\(files.owned) of \(Wording.count(all, "file")) \(files.owned == 1 ? "has" : "have") an owner" + beside)
  }

  static func drift(_ drift: OwnershipDrift?, _ maximum: Int) -> Self {
    let key = "ownership-drift"
    guard let drift else { return .missing(key, maximum, "no owners could be compared with contributors") }
    let others = [(drift.quietRules, "with too few commits"), (drift.undecided.count, "undecided")]
      .filter { $0.0 > 0 }.map { "\(Wording.count($0.0, "rule")) \($0.1)" }
    let beside = others.isEmpty ? "" : "; " + Wording.list(others)
    guard let rate = drift.rate else { return .missing(key, maximum, "no rule could be decided" + beside) }
    return Self(
      key: key, maximum: maximum, value: 1 - rate,
      reason: "owners of \(drift.events.count) of \(Wording.count(drift.decidedRules, "rule")) hardly do the work" + beside)
  }

  static func reviews(_ reviews: OwnerReviews?, _ maximum: Int) -> Self {
    let key = "owner-reviews"
    guard let reviews else { return .missing(key, maximum, "the reviews of changes are not known") }
    let beside = reviews.undecided > 0 ? "; of \(Wording.count(reviews.undecided, "change")) it cannot be told" : ""
    guard let rate = reviews.rate else { return .missing(key, maximum, "no change needed an owner's approval" + beside) }
    return Self(
      key: key, maximum: maximum, value: rate,
      reason: "owners approved \(reviews.approved) of \(Wording.count(reviews.approved + reviews.lacking, "change"))" + beside)
  }

  static func gaps(_ gaps: OwnershipGaps?, _ maximum: Int) -> Self {
    let key = "ownership-gaps"
    guard let gaps else { return .missing(key, maximum, "the files of the repository are not known") }
    guard let share = gaps.unownedWorkShare else { return .missing(key, maximum, "nobody changed a file of the repository") }
    return Self(
      key: key, maximum: maximum, value: 1 - share, reason: "\(Wording.percent(share)) of the work went to files without an owner"
    )
  }

  private static func missing(_ key: String, _ maximum: Int, _ reason: String) -> Self {
    Self(key: key, maximum: maximum, value: nil, reason: reason)
  }
}
