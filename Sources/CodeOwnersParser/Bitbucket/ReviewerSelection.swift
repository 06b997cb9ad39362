/// Which members of a group Bitbucket asks for a review.
public enum ReviewerSelection: Hashable, Sendable {
  /// All of them: `@acme/web:all`.
  case all
  /// As many as the number says, picked at random: `@acme/web:random(2)`.
  case random(Int)
  /// As many as the number says, those with the fewest open reviews: `@acme/web:least_busy(1)`.
  case leastBusy(Int)

  /// Reads what stands behind the colon; `nil` when it is none of these, or asks for nobody.
  init?(_ text: Substring) {
    if text == "all" {
      self = .all
      return
    }
    guard text.last == ")", let opening = text.firstIndex(of: "(") else { return nil }
    let digits = text[text.index(after: opening)...].dropLast()
    guard digits.allSatisfy({ ("0"..."9").contains($0) }), let count = Int(digits), count > 0 else { return nil }
    switch text[..<opening] {
    case "random": self = .random(count)
    case "least_busy": self = .leastBusy(count)
    default: return nil
    }
  }
}

extension Owner {
  /// Which members of a group are asked for a review, where Bitbucket's file says so.
  public var selection: ReviewerSelection? { split.flatMap { ReviewerSelection($0.selection) } }

  /// The owner without a selection: `@acme/web` for `@acme/web:random(2)`, and itself otherwise.
  public var withoutSelection: Self { selection == nil ? self : split.map { .team(String($0.group)) } ?? self }

  private var split: (group: Substring, selection: Substring)? {
    guard case .team(let text) = self, let colon = text.firstIndex(of: ":") else { return nil }
    return (text[..<colon], text[text.index(after: colon)...])
  }
}
