/// What applying a policy did, kind by kind.
public struct RetentionReport: Hashable, Sendable {
  private var kinds: [RecordKind: Numbers] = [:]

  /// What happened to the old records of one kind.
  public struct Numbers: Hashable, Sendable {
    /// How many were removed, rolled up or not.
    public var removed: Int
    /// How many of the removed ones were counted in a summary. The others have nothing to count, had been counted before they came
    /// back, or belong to a change that is gone.
    public var rolledUp: Int
    /// How many stay, however old, because they are open.
    public var keptOpen: Int

    /// Makes numbers.
    public init(removed: Int = 0, rolledUp: Int = 0, keptOpen: Int = 0) {
      self.removed = removed
      self.rolledUp = rolledUp
      self.keptOpen = keptOpen
    }

    static func += (left: inout Self, right: Self) {
      left.removed += right.removed
      left.rolledUp += right.rolledUp
      left.keptOpen += right.keptOpen
    }
  }

  /// Makes a report of nothing.
  public init() {}

  /// The numbers of a kind; zeros for one that always stays.
  public subscript(kind: RecordKind) -> Numbers {
    get { kinds[kind] ?? Numbers() }
    set { kinds[kind] = newValue == Numbers() ? nil : newValue }
  }

  /// The numbers of all kinds together.
  public var total: Numbers { kinds.values.reduce(into: Numbers()) { $0 += $1 } }
}
