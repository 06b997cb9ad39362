/// What differs between two CODEOWNERS files: rule by rule, and for the files they decide about.
///
/// It answers what a change of the file does before it is merged, and what a stored file lacks beside the one in the repository.
///
/// ```swift
/// let comparison = OwnershipComparison(from: stored, to: current, paths: paths)
/// for shift in comparison.shifts { print(shift.paths.count, shift.before, shift.after) }
/// ```
public struct OwnershipComparison: Hashable, Sendable {
  /// Rules that were removed, changed or moved, in the order of the old file, then those that were added, in that of the new.
  public let rules: [RuleChange]
  /// Sections that only one of them has, or that ask for something else.
  public let sections: [SectionChange]
  /// The paths whose owners differ, grouped by what they were and are: the largest group first.
  public let shifts: [OwnershipShift]

  /// Compares two files. Costs their rules, and a look-up in both for each path.
  ///
  /// - Parameters:
  ///   - old: The file as it is.
  ///   - new: The file as it would be.
  ///   - paths: The files to compare for, in any order.
  public init(from old: CodeOwnersFile, to new: CodeOwnersFile, paths: some Sequence<String>) {
    rules = RuleDiff(from: old, to: new).changes
    sections = SectionChange.all(from: old.sections, to: new.sections)
    let sorted = Set(paths).sorted()
    shifts = Self.shifts(DecidedPaths(old, sorted: sorted), DecidedPaths(new, sorted: sorted))
  }

  /// Whether no path has other owners.
  public var keepsOwners: Bool { shifts.isEmpty }

  /// Whether the files have the same rules and sections, and so the same owners for every path.
  public var isEmpty: Bool { rules.isEmpty && sections.isEmpty && shifts.isEmpty }

  /// The paths whose owners differ, sorted.
  public var paths: [String] { shifts.flatMap(\.paths).sorted() }

  private static func shifts(_ old: DecidedPaths, _ new: DecidedPaths) -> [OwnershipShift] {
    let (before, after) = (old.answers.map(OwnershipClaim.all), new.answers.map(OwnershipClaim.all))
    var groups: [OwnershipShift.Key: [String]] = [:]
    for (index, path) in old.paths.enumerated() {
      let key = OwnershipShift.Key(before: before[old.positions[index]], after: after[new.positions[index]])
      if key.before != key.after { groups[key, default: []].append(path) }
    }
    return groups.map { OwnershipShift(before: $0.before, after: $0.after, paths: $1) }
      .sorted {
        $0.paths.count == $1.paths.count ? $0.paths.lexicographicallyPrecedes($1.paths) : $0.paths.count > $1.paths.count
      }
  }
}

/// Paths that change owners together.
public struct OwnershipShift: Hashable, Sendable {
  /// What the old file says, by section; empty when no rule matches.
  public var before: [OwnershipClaim]
  /// What the new file says.
  public var after: [OwnershipClaim]
  /// The paths, sorted.
  public var paths: [String]

  struct Key: Hashable {
    var before: [OwnershipClaim]
    var after: [OwnershipClaim]
  }
}

/// A section that two files do not have alike: its approvals, whether it is optional, or its default owners.
public struct SectionChange: Hashable, Sendable {
  /// The section of the old file; `nil` for one that was added.
  public var old: CodeOwnersSection?
  /// The section of the new file; `nil` for one that was removed.
  public var new: CodeOwnersSection?

  static func all(from old: [CodeOwnersSection], to new: [CodeOwnersSection]) -> [Self] {
    let later = Dictionary(new.map { ($0.name.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    let earlier = Set(old.map { $0.name.lowercased() })
    return old.compactMap { section in
      let partner = later[section.name.lowercased()]
      return partner.map { section.asksLike($0) } == true ? nil : Self(old: section, new: partner)
    } + new.filter { !earlier.contains($0.name.lowercased()) }.map { Self(old: nil, new: $0) }
  }
}

extension CodeOwnersSection {
  fileprivate func asksLike(_ other: Self) -> Bool {
    isOptional == other.isOptional && approvals == other.approvals && Set(defaultOwners) == Set(other.defaultOwners)
  }
}
