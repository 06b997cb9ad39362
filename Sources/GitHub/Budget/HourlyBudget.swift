/// What an answer said is left of an hourly budget.
struct HourlyBudget: Hashable, Sendable {
  var remaining: Int
  /// When it comes back, on the time line of the state.
  var resets: Duration

  /// Takes over what a later answer says: answers overtake each other, so within one hour the smaller number holds.
  mutating func learn(_ news: HourlyBudget) {
    if news.resets > resets + Self.sameReset {
      self = news
    } else if news.resets >= resets - Self.sameReset {
      remaining = min(remaining, news.remaining)
    }
  }

  /// Times of the same hour differ by the way that answers took.
  private static let sameReset: Duration = .seconds(5)
}
