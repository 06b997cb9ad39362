import KoalrDomain

/// What becomes of events when a check has found what it found.
struct OwnershipLedger {
  private(set) var opened: [OwnershipEvent] = []
  private(set) var lasting: [OwnershipEvent] = []
  private(set) var resolved: [OwnershipEvent] = []

  /// Compares what is open with what was found.
  ///
  /// - Parameter isUndecided: Whether it cannot be told if an event still holds: it stays as it is.
  init(open: [OwnershipEvent], found: [OwnershipEvent], now: Date, isUndecided: (OwnershipEvent) -> Bool) {
    for event in found {
      var event = event
      if let earlier = open.first(where: event.isAbout) {
        event.openedAt = earlier.openedAt
        lasting.append(event)
      } else {
        opened.append(event)
      }
    }
    for event in open where !found.contains(where: event.isAbout) {
      var event = event
      if isUndecided(event) {
        lasting.append(event)
      } else {
        event.resolvedAt = now
        resolved.append(event)
      }
    }
  }
}
