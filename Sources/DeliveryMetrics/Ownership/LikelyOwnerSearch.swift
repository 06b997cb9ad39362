import KoalrCodeOwnersParser
import KoalrDomain

/// Looks for owners among the people who do the work.
///
/// A team that the file names, whose members did half of it or more, comes before persons, because teams outlast them: the one that
/// did most, and of equals the smallest. Else up to three people who each did a fifth, by their accounts, or by their addresses where no
/// account is known: hosts take both. Nobody is named who is known to have left or to have no write access.
struct LikelyOwnerSearch {
  /// The part of the work that a team needs.
  static let teamShare = 0.5
  /// The part of the work that a person needs: what keeps a rule from drifting.
  static let personShare = 0.2
  /// The most persons.
  static let maximumPersons = 3

  private let people: [Person]
  private let directory: OwnerDirectory
  private var teams: [(owner: Owner, size: Int)] = []
  private var teamsOfAccount: [String: [Int]] = [:]

  init(_ file: CodeOwnersFile?, _ directory: OwnerDirectory, _ people: [Person]) {
    self.people = people
    self.directory = directory
    for team in Self.teams(of: file) where !directory.access(of: team).isBarred {
      guard let members = directory.members(of: team.text) else { continue }
      for member in members { teamsOfAccount[member.folded, default: []].append(teams.count) }
      teams.append((team, members.count))
    }
  }

  func likelyOwners(of work: WorkTally) -> LikelyOwners? {
    guard work.weight > 0 else { return nil }
    return team(of: work) ?? persons(of: work)
  }

  private func team(of work: WorkTally) -> LikelyOwners? {
    var weights: [Int: Double] = [:]
    for (person, part) in work.parts.sorted(by: { $0.key < $1.key }) {
      for team in people[person].account.flatMap({ teamsOfAccount[$0] }) ?? [] { weights[team, default: 0] += part.weight }
    }
    let best = weights.max { left, right in
      (left.value, teams[right.key].size, right.key) < (right.value, teams[left.key].size, left.key)
    }
    guard let best, best.value / work.weight >= Self.teamShare else { return nil }
    return LikelyOwners(owners: [teams[best.key].owner], share: best.value / work.weight)
  }

  private func persons(of work: WorkTally) -> LikelyOwners? {
    let able = work.top(work.parts.count, of: people).filter { $0.share >= Self.personShare }
      .compactMap { part in owner(part.author).map { (owner: $0, share: part.share) } }.prefix(Self.maximumPersons)
    guard !able.isEmpty else { return nil }
    return LikelyOwners(owners: able.map(\.owner), share: able.reduce(0) { $0 + $1.share })
  }

  private func owner(_ author: CommitAuthor) -> Owner? {
    guard let login = author.login else { return Owner(address: author.email) }
    return directory.access(of: login).isBarred ? nil : .user("@\(login)")
  }

  private static func teams(of file: CodeOwnersFile?) -> [Owner] {
    var seen: Set<String> = []
    let named = (file?.rules.lazy.flatMap(\.owners)).map(Array.init) ?? []
    let defaults = file?.sections.flatMap(\.defaultOwners) ?? []
    return (named + defaults).filter { owner in
      guard case .team = owner else { return false }
      return seen.insert(owner.folded).inserted
    }
  }
}
