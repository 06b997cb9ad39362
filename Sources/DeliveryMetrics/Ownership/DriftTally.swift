import KoalrCodeOwnersParser
import KoalrDomain

/// What people did to the files of one rule, and which part of it its owners did.
struct DriftTally {
  let owners: [OwnerLens.Known]
  private(set) var work = WorkTally()
  var files = 0
  private(set) var own = 0.0
  /// The weight of people who may be owners.
  private(set) var perhaps = 0.0
  /// The first commit of those since which the share is too low.
  private(set) var since: Date?
  private var standing: [Int: Bool?] = [:]

  init(owners: [OwnerLens.Known]) { self.owners = owners }

  var share: Double { work.weight > 0 ? own / work.weight : 0 }
  var uncertainShare: Double { work.weight > 0 ? perhaps / work.weight : 0 }

  mutating func add(_ commit: Contributions.Work, by person: Int, of people: [Person], _ options: DriftOptions) {
    work.add(commit.weight, by: person)
    let isOwner = standing[person] ?? owners.contain(people[person])
    standing[person] = .some(isOwner)
    if isOwner == true { own += commit.weight }
    if isOwner == nil { perhaps += commit.weight }
    // Weights fall in step, so that from one commit to the next the share stays as it is.
    since = options.isDrift(share: share + uncertainShare) ? since ?? commit.time : nil
  }
}

/// The tallies of all rules that decide about a file somebody changed, taken in one pass over the commits.
struct DriftReading {
  let decisions: RuleDecisions
  private(set) var tallies: [DriftTally]

  init(_ file: CodeOwnersFile, _ contributions: Contributions, _ directory: OwnerDirectory, _ options: DriftOptions) {
    decisions = RuleDecisions(file, paths: contributions.paths)
    var lens = OwnerLens(directory, file.dialect, contributions)
    tallies = decisions.rules.map { rule in DriftTally(owners: rule.owners.map { lens.look(at: $0) }) }
    var isSeen = Array(repeating: false, count: contributions.paths.count)
    var lastCommit = Array(repeating: -1, count: tallies.count)
    for (number, commit) in contributions.works.enumerated() {
      guard let person = commit.person else { continue }
      for path in contributions.paths(of: commit) {
        for place in decisions.places(of: path).lazy.map(Int.init) {
          if !isSeen[Int(path)] { tallies[place].files += 1 }
          guard lastCommit[place] != number else { continue }
          lastCommit[place] = number
          tallies[place].add(commit, by: person, of: contributions.people, options)
        }
        isSeen[Int(path)] = true
      }
    }
  }
}
