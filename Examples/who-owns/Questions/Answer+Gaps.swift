import KoalrCore

extension Answer {
  /// Files that nobody owns, those that change most first.
  static func gaps(_ gaps: OwnershipGaps) -> Answer {
    let share = gaps.unownedWorkShare.map { ", \(percent($0)) of the work" } ?? ""
    return Answer(
      name: "gaps", heading: "gaps: \(count(gaps.files.unowned, "file")) without a rule\(share)",
      lines: gaps.unowned.map { gap in
        "\(gap.path): \(gap.isFolder ? "\(count(gap.files.count, "file")), " : "")\(count(gap.commits, "commit"))"
          + (gap.likely.map { ", perhaps \($0.owners.map(\.text).joined(separator: " "))" } ?? "")
      },
      json: .object([
        ("unowned", .list(gaps.unowned.map(JSONValue.init))), ("ownerless", .list(gaps.ownerless.map(JSONValue.init))),
        (
          "files",
          .object([
            ("owned", .number(gaps.files.owned)), ("unowned", .number(gaps.files.unowned)),
            ("ownerless", .number(gaps.files.ownerless)),
          ])
        ), ("unownedWorkShare", gaps.unownedWorkShare.map(JSONValue.decimal) ?? .null),
      ]), isFinding: !gaps.unowned.isEmpty)
  }
}

extension JSONValue {
  fileprivate init(_ gap: OwnershipGap) {
    self = .object([
      ("path", .text(gap.path)), ("files", .number(gap.files.count)), ("commits", .number(gap.commits)),
      ("churn", .decimal(gap.churn)),
      ("contributors", .contributors(gap.contributors)), ("likelyOwners", gap.likely.map { .owners($0.owners) } ?? .null),
    ])
  }
}
