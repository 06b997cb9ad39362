import KoalrCodeOwnersParser
import KoalrDeliveryMetrics
import KoalrDomain
import KoalrTesting

/// Histories of every kind: people with and without accounts, shared addresses, bots, merges, renames, repeated commits.
struct RandomHistory {
  static let file = """
    * @ann @acme/web
    /d0/ @ann
    /d1/ @acme/api ben@example.org
    /d1/f1 @acme/unknown
    /d2/ @eve @ben
    /d2/f2
    """
  static let directory = OwnerDirectory(teams: [Sample.team("api", "ann", "joe"), Sample.team("web", "eve")])
  /// Everything that decides is an event, so that its share can be seen.
  static let open = DriftOptions(threshold: 2, minimumCommits: 1)

  var random: SeededGenerator
  private var number = 0

  init(seed: Int) { random = SeededGenerator(seed: UInt64(seed)) }

  mutating func commits(_ count: Int = 60) -> [Commit] {
    let commits = (0..<count).map { _ in commit(by: author()) }
    return commits + random.draw(5, of: commits)
  }

  mutating func path() -> String { "d\(random.number(in: 0...3))/f\(random.number(in: 0...3))" }

  mutating func commit(by author: String, _ paths: [String]? = nil) -> Commit {
    number += 1
    let files = paths ?? (0..<random.number(in: 0...4)).map { _ in path() }
    return Sample.commit(
      number, author, day: -Double(random.number(in: 0...400)) / 4,
      parents: paths == nil && random.chance(0.1) ? [number - 1, number - 2] : [number - 1],
      email: random.chance(0.1) ? "shared@example.org" : nil, files,
      renamed: paths == nil && random.chance(0.1) ? [(path(), path())] : [])
  }

  private mutating func author() -> String {
    random.pick(["ann", "ben", "eve", "joe", "zoe", "bump[bot]", "ben@example.org", "zoe@example.org", "x@example.org"]) ?? "ann"
  }
}
