import KoalrDomain

/// How many more items a list has in its window, judged from how dense they lay on the page before.
enum PageSizeEstimate {
  /// What to ask for when nothing can be said.
  static let usual = 30
  /// What to ask for where little is expected.
  static let few = 8
  /// The least to ask for.
  static let smallest = 3

  /// Returns the size of the next page.
  ///
  /// - Parameters:
  ///   - times: the times of the page's items, newest first.
  ///   - left: how many items are left in the whole list, if known.
  static func next(after times: [Date], since: Date, left: Int?) -> Int {
    var size = usual
    if let newest = times.first, let oldest = times.last, newest > oldest {
      let density = Double(times.count - 1) / newest.timeIntervalSince(oldest)
      let expected = density * max(0, oldest.timeIntervalSince(since))
      size = expected < Double(PagePlan.maximumPageSize) ? Int(expected.rounded(.up)) : PagePlan.maximumPageSize
    }
    size = max(smallest, size)
    // A page more for a few items costs more than the few.
    if let left, left < size + PagePlan.smallestRemainder { size = max(1, left) }
    return min(PagePlan.maximumPageSize, size)
  }
}
