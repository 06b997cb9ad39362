import KoalrDeliveryMetrics
import KoalrDomain
import Testing

struct DeliveriesTests {
  /// 1 – 2 – 4 – 5 on the branch, 3 merged by 4.
  private static let commits = [
    Sample.commit(1, "ann", day: -9, parents: [99], ["a"]), Sample.commit(2, "ann", day: -8, parents: [1], ["b"]),
    Sample.commit(3, "ben", day: -8, parents: [1], ["c"]), Sample.commit(4, "ann", day: -7, parents: [2, 3], ["c"]),
    Sample.commit(5, "bump[bot]", day: -6, parents: [4], ["d"]),
  ]

  /// How many deployments brought each file.
  private func counts(_ deployments: [Deployment], changes: [Change] = [], commits: [Commit] = commits) -> [String: Int] {
    let contributions = Sample.contributions(commits)
    let deliveries = Deliveries(of: deployments, changes: changes, in: contributions)
    let gaps = OwnershipGaps(of: nil, paths: ["a", "b", "c", "d", "e"], in: contributions, deliveries: deliveries)
    return Dictionary(uniqueKeysWithValues: gaps.unowned.map { ($0.path, $0.deployments ?? -1) }).filter { $0.value != 0 }
  }

  struct Case {
    /// The commits with the days they were deployed on.
    var deployed: [(sha: Int, day: Double)]
    var elsewhere: [(sha: Int, day: Double)] = []
    var expected: [String: Int]
  }

  private static let cases = [
    Case(deployed: [(5, -1)], expected: ["a": 1, "b": 1, "c": 1, "d": 1]),
    Case(deployed: [(1, -3), (2, -2), (5, -1)], expected: ["a": 1, "b": 1, "c": 1, "d": 1]),
    Case(deployed: [(4, -2), (1, -1.5), (4, -1)], expected: ["a": 1, "b": 1, "c": 1]),  // back, and again
    Case(deployed: [(4, -2)], elsewhere: [(4, -1)], expected: ["a": 2, "b": 2, "c": 2]),
    Case(deployed: [(4, -91), (5, -1)], expected: ["d": 1]),  // an old one is where the next begins
    Case(deployed: [(77, -1)], expected: [:]),
    Case(deployed: [(5, 0.1)], expected: [:]),  // not yet
  ]

  @Test(arguments: cases.indices) func `a deployment brings what no earlier one brought to its environment`(_ row: Int) {
    let row = Self.cases[row]
    let all =
      row.deployed.map { Sample.deployment($0.sha * 10 + Int($0.day), day: $0.day, sha: $0.sha) }
      + row.elsewhere.map { Sample.deployment($0.sha, day: $0.day, to: "eu", sha: $0.sha) }
    #expect(counts(all) == row.expected)
    #expect(counts(all.reversed()) == row.expected)
  }

  @Test func `files of several commits count once for a deployment, and again for the next`() {
    let commits = (1...4).map { Sample.commit($0, "ann", day: Double($0) - 9, parents: [$0 - 1], ["a"]) }
    // Ids do not say which one was first.
    let deployments = [Sample.deployment(2, day: -2, sha: 3), Sample.deployment(1, day: -1, sha: 4)]
    #expect(counts(deployments, commits: commits) == ["a": 2])
  }

  @Test func `a failed deployment brings nothing, and what is behind it comes with the next`() {
    let deployments = [
      Sample.deployment(1, day: -3, sha: 1), Sample.deployment(2, day: -2, sha: 2, state: .failure),
      Sample.deployment(3, day: -1, sha: 2),
    ]
    #expect(counts(deployments) == ["a": 1, "b": 1])
    #expect(Deliveries(of: deployments, in: Sample.contributions(Self.commits)).count == 2)
  }

  @Test func `a change that is deployed before its merge brings its files`() {
    let change = Change(
      id: ChangeID(unchecked: "c"), repositoryID: Sample.repository, number: 1, title: "t", state: .open, createdAt: nil,
      updatedAt: Sample.now, headSHA: Sample.sha(77),
      files: [ChangedFile(path: "e", status: .modified, additions: 1, deletions: 0)])
    #expect(counts([Sample.deployment(1, day: -1, sha: 77)], changes: [change]) == ["e": 1])
  }
}
