extension CodeOwnersFinding {
  /// What a finding is about. The words are stable: scripts and waivers may name them. A set that may grow; a diagnostic of the
  /// parser is found under its own kind's word.
  public struct Rule: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The word.
    public var rawValue: String
    /// Wraps a word.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// The word.
    public var description: String { rawValue }

    /// An owner who does not exist, or cannot be seen.
    public static let unknownOwner = Self(rawValue: "unknown-owner")
    /// An owner who may not write, and so cannot approve.
    public static let ownerWithoutAccess = Self(rawValue: "owner-without-access")
    /// A person who has left.
    public static let departedOwner = Self(rawValue: "departed-owner")
    /// A team without members.
    public static let emptyTeam = Self(rawValue: "empty-team")
    /// The same owner twice on a line.
    public static let duplicateOwner = Self(rawValue: "duplicate-owner")
    /// The same pattern twice, so that one of the lines counts for nothing.
    public static let duplicatePattern = Self(rawValue: "duplicate-pattern")
    /// A rule that never decides, because others always do.
    public static let shadowedRule = Self(rawValue: "shadowed-rule")
    /// Rules that were not compared with others, because the file would take too long.
    public static let unprovenRules = Self(rawValue: "unproven-rules")
    /// A rule that matches no file.
    public static let deadRule = Self(rawValue: "dead-rule")
    /// A file that the host does not look at.
    public static let wrongLocation = Self(rawValue: "wrong-location")
    /// Another CODEOWNERS file, which is not read.
    public static let secondFile = Self(rawValue: "second-file")
    /// Something only the host found.
    public static let hostError = Self(rawValue: "host-error")
  }
}
