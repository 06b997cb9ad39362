import KoalrCodeOwnersParser
import KoalrDomain

/// Who did how much of something, commit by commit, oldest first.
struct WorkTally {
  struct Part {
    var commits = 0
    var weight = 0.0
  }

  private(set) var commits = 0
  private(set) var weight = 0.0
  /// By person.
  private(set) var parts: [Int: Part] = [:]

  mutating func add(_ weight: Double, by person: Int) {
    commits += 1
    self.weight += weight
    parts[person, default: Part()].commits += 1
    parts[person, default: Part()].weight += weight
  }

  /// The share of those people of whom it is so, 0 to 1; 0 when nothing was done.
  func share(where matches: (Int) -> Bool) -> Double {
    guard weight > 0 else { return 0 }
    return parts.keys.sorted().reduce(0) { matches($1) ? $0 + (parts[$1]?.weight ?? 0) : $0 } / weight
  }

  /// Those who did most, at most so many; of equals, who committed to the repository last.
  func top(_ limit: Int, of people: [Person]) -> [ContributorShare] {
    let order = parts.sorted { ($0.value.weight, $1.key) > ($1.value.weight, $0.key) }
    return order.prefix(limit).map { person, part in
      ContributorShare(
        author: people[person].author, commits: part.commits, share: weight > 0 ? part.weight / weight : 0)
    }
  }
}
