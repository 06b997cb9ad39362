public import KoalrDomain

/// Which approvals count.
///
/// As the hosts have it, an approval stands until its reviewer says something else or somebody dismisses it, whatever is pushed
/// meanwhile; a host that is set to take approvals back on a push dismisses them itself. ``head`` is for those who want the
/// stricter answer without that setting.
public struct ReviewPolicy: Hashable, Sendable {
  /// The moment to look from; later reviews do not count. `nil` for all of them.
  public var asOf: Date?
  /// When the newest commit was made, to leave out the approvals that came before it; `nil` to count them.
  public var head: Date?

  /// Makes a policy.
  public init(asOf: Date? = nil, head: Date? = nil) {
    self.asOf = asOf
    self.head = head
  }
}
