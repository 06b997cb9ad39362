public import KoalrDomain

/// What would have been different if one CODEOWNERS file had been in force instead of another one, by recent changes.
///
/// ```swift
/// let simulation = OwnershipSimulation(from: current, to: proposed, changes: recent, directory: people)
/// simulation.owners.first      // @acme/api: 40 reviews before, 12 after
/// simulation.unasked           // changes that would ask nobody any more
/// ```
public struct OwnershipSimulation: Hashable, Sendable {
  /// The files that the changes touch, compared.
  public let comparison: OwnershipComparison
  /// The owners who are asked to review, by one file or the other: the largest difference first.
  public let owners: [ReviewLoad<Owner>]
  /// The people behind them, as far as they are known. A member of a team counts as asked when the team is.
  public let people: [ReviewLoad<Login>]
  /// The changes that would ask others than they do, in the given order.
  public let changes: [ChangeShift]

  /// Simulates. Costs a look-up in both files for each path of each change.
  public init(
    from old: CodeOwnersFile, to new: CodeOwnersFile, changes: [ReviewedChange], directory: OwnerDirectory = OwnerDirectory()
  ) {
    comparison = OwnershipComparison(from: old, to: new, paths: changes.lazy.flatMap(\.paths))
    let asked = changes.map { change in
      ChangeShift(
        name: change.name, before: Self.owners(of: change, old, directory), after: Self.owners(of: change, new, directory))
    }
    owners = ReviewLoad.all(asked.map { ($0.before, $0.after) })
    people = ReviewLoad.all(
      zip(changes, asked).map { change, shift in
        (Self.people(shift.before, change, directory), Self.people(shift.after, change, directory))
      })
    self.changes = asked.filter { Set($0.before) != Set($0.after) }
  }

  /// The changes that ask somebody now and would ask nobody.
  public var unasked: [ChangeShift] { changes.filter { $0.after.isEmpty } }

  private static func owners(of change: ReviewedChange, _ file: CodeOwnersFile, _ directory: OwnerDirectory) -> [Owner] {
    let bench = OwnerBench(dialect: file.dialect, author: change.author, directory: directory)
    var seen: Set<Owner> = []
    return AskedRules(file: file, paths: change.paths).rules.flatMap(\.decision.owners)
      .filter { !bench.isBarred($0) && seen.insert($0).inserted }
  }

  private static func people(_ owners: [Owner], _ change: ReviewedChange, _ directory: OwnerDirectory) -> [Login] {
    var people: [String: Login] = [:]
    for login in owners.flatMap({ directory.people(behind: $0) ?? [] }) where login.folded != change.author?.folded {
      people[login.folded] = min(login, people[login.folded] ?? login)
    }
    return Array(people.values)
  }
}

/// A change that asks other owners by one file than by another one.
public struct ChangeShift: Hashable, Sendable {
  /// What a person calls the change.
  public var name: String
  /// The owners the old file asks, its author left out, in the order of the file.
  public var before: [Owner]
  /// The owners the new file asks.
  public var after: [Owner]
}

/// How many changes ask somebody to review.
public struct ReviewLoad<Reviewer: Hashable & Sendable & CustomStringConvertible>: Hashable, Sendable {
  /// Who is asked.
  public var reviewer: Reviewer
  /// How many changes ask by the old file.
  public var before: Int
  /// How many would ask by the new one.
  public var after: Int

  static func all(_ asked: [(before: [Reviewer], after: [Reviewer])]) -> [Self] {
    var loads: [String: Self] = [:]
    func count(_ reviewers: [Reviewer], _ side: WritableKeyPath<Self, Int>) {
      for reviewer in reviewers {
        loads[reviewer.description.lowercased(), default: Self(reviewer: reviewer, before: 0, after: 0)][keyPath: side] += 1
      }
    }
    for (before, after) in asked {
      count(before, \.before)
      count(after, \.after)
    }
    return loads.sorted { ($1.value.difference, $0.key) < ($0.value.difference, $1.key) }.map(\.value)
  }

  private var difference: Int { abs(after - before) }
}
