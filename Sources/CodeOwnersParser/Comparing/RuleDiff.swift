/// Pairs the rules of two files: those with the same section, pattern and owners first, then those with the same section and
/// pattern, each in the order of the files.
struct RuleDiff {
  private struct Key: Hashable {
    var section: String?
    var pattern: String
    var isExclusion: Bool
  }

  private struct Whole: Hashable {
    var key: Key
    var owners: Set<Owner>
  }

  let changes: [RuleChange]

  init(from old: CodeOwnersFile, to new: CodeOwnersFile) {
    let (oldRules, newRules) = (Array(old.rules), Array(new.rules))
    let (oldKeys, newKeys) = (Self.keys(oldRules, of: old), Self.keys(newRules, of: new))
    var partners = [Int?](repeating: nil, count: oldRules.count)
    var isTaken = [Bool](repeating: false, count: newRules.count)
    Self.pair(
      zip(oldKeys, oldRules).map { Whole(key: $0, owners: Set($1.owners)) },
      zip(newKeys, newRules).map { Whole(key: $0, owners: Set($1.owners)) }, &partners, &isTaken)
    Self.pair(oldKeys, newKeys, &partners, &isTaken)
    changes = Self.changes(oldRules, newRules, partners, isTaken)
  }

  private static func changes(
    _ old: [CodeOwnersRule], _ new: [CodeOwnersRule], _ partners: [Int?], _ isTaken: [Bool]
  ) -> [RuleChange] {
    let staying = LongestRise.members(of: partners.compactMap(\.self))
    var changes: [RuleChange] = []
    for (rule, partner) in zip(old, partners) {
      guard let partner else {
        changes.append(RuleChange(old: rule, new: nil, isMoved: false))
        continue
      }
      let isMoved = !staying.contains(partner)
      if isMoved || !rule.hasOwners(of: new[partner]) {
        changes.append(RuleChange(old: rule, new: new[partner], isMoved: isMoved))
      }
    }
    return changes + zip(new, isTaken).filter { !$0.1 }.map { RuleChange(old: nil, new: $0.0, isMoved: false) }
  }

  private static func keys(_ rules: [CodeOwnersRule], of file: CodeOwnersFile) -> [Key] {
    let names = file.sections.map { $0.name.lowercased() }
    return rules.map { Key(section: $0.section.map { names[$0] }, pattern: $0.pattern, isExclusion: $0.isExclusion) }
  }

  /// Pairs what has no partner yet.
  private static func pair<Value: Hashable>(_ old: [Value], _ new: [Value], _ partners: inout [Int?], _ isTaken: inout [Bool]) {
    var free: [Value: [Int]] = [:]
    for index in new.indices.reversed() where !isTaken[index] { free[new[index], default: []].append(index) }
    for index in old.indices where partners[index] == nil {
      guard let partner = free[old[index]]?.popLast() else { continue }
      partners[index] = partner
      isTaken[partner] = true
    }
  }
}

/// The longest part of a row of different numbers that rises: what stayed where it was when the rest moved.
enum LongestRise {
  /// Returns its members. Costs the row's length times its logarithm.
  static func members(of row: [Int]) -> Set<Int> {
    // For each length, the position of the smallest number that a rise of this length ends with.
    var ends: [Int] = []
    var before = [Int?](repeating: nil, count: row.count)
    for (position, number) in row.enumerated() {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if row[ends[middle]] < number { low = middle + 1 } else { high = middle }
      }
      if low > 0 { before[position] = ends[low - 1] }
      if low == ends.count { ends.append(position) } else { ends[low] = position }
    }
    var members: Set<Int> = []
    var position = ends.last
    while let current = position {
      members.insert(row[current])
      position = before[current]
    }
    return members
  }
}
