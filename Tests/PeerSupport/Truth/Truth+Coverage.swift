extension Truth {
  /// The coverage of a default branch.
  public struct Coverage: Decodable, Sendable {
    /// The newest commit with a complete report.
    public var sha: String?
    /// What that report says.
    public var totals: Totals?
    /// The days of the last month that have a figure, oldest first.
    public var trend: [Point]

    /// One day.
    public struct Point: Decodable, Sendable {
      /// The day, as in `2026-11-20`.
      public var day: String
      /// The mean percentage.
      public var avg: Double
    }
  }

  /// How much of something is covered.
  public struct Totals: Decodable, Sendable {
    /// Lines that can be covered.
    public var lines: Int
    /// Lines that are covered whole.
    public var hits: Int
    /// The percentage, cut to two decimals; null when nothing can be covered.
    public var coverage: Double?
  }

  /// The coverage of a pull request.
  public struct ChangeCoverage: Decodable, Sendable {
    /// At the commit it is compared with.
    public var base: Totals?
    /// At its head.
    public var head: Totals?
    /// By how many percentage points the change moves the coverage.
    public var delta: Double?
    /// Hits, misses and partials among the changed lines.
    public var patch: [Int]?
    /// The files the change touches, at its head; null without a complete report.
    public var changedFiles: ChangedFiles?

    /// The coverage of files that a change touches.
    public struct ChangedFiles: Decodable, Sendable {
      /// Those with a figure.
      public var files: [FileCoverage]
      /// How many have none.
      public var untracked: Int
    }
  }

  /// The coverage of one file.
  public struct FileCoverage: Decodable, Sendable {
    /// Where it is.
    public var path: String
    /// Lines that can be covered.
    public var lines: Int
    /// Lines that are covered whole.
    public var hits: Int
  }
}
