import KoalrCodeOwnersParser
import KoalrDeliveryMetrics
import KoalrDomain
import Testing

struct OwnershipGapsTests {
  private func gaps(
    _ text: String?, _ paths: [String], _ commits: [Commit] = [], deployments: [Deployment]? = nil, changes: [Change] = [],
    directory: OwnerDirectory = OwnerDirectory()
  ) -> OwnershipGaps {
    let contributions = Sample.contributions(commits)
    return OwnershipGaps(
      of: text.map { Sample.file($0) }, paths: paths, in: contributions,
      deliveries: deployments.map { Deliveries(of: $0, changes: changes, in: contributions) }, directory: directory)
  }

  @Test(arguments: [
    ("/a/ @ann", ["a/x", "b/x", "b/y", "c"], ["b/", "c"]),
    ("/a/ @ann", ["b/c/x", "b/c/y", "b/d/e/z"], ["b/"]),
    ("/b/c/x @ann", ["b/c/x", "b/c/y", "b/d/e/z", "b/d/f", "b/g"], ["b/d/", "b/c/y", "b/g"]),
    ("/b/z @ann", ["b/a/x", "b/a-b", "b/a.b", "b/z"], ["b/a-b", "b/a.b", "b/a/"]),
    ("* @ann", ["a", "b/c"], []),
    ("/x @ann", ["b", "a", "b", "a/é", "aé/b"], ["a", "a/", "aé/", "b"]),
    ("/x @ann", [], []),
  ])
  func `a folder that nobody owns is one gap`(text: String, paths: [String], expected: [String]) {
    let found = gaps(text, paths)
    #expect(found.unowned.map(\.path) == expected)
    #expect(found.unowned.allSatisfy { $0.isFolder == $0.path.hasSuffix("/") })
    let unowned = Set(paths).filter { Sample.file(text).rule(for: $0) == nil }
    #expect(Set(found.unowned.flatMap(\.files)) == unowned && found.files.unowned == unowned.count)
    #expect(gaps(text, paths.reversed()) == found)
  }

  @Test func `files left without owners on purpose are kept apart`() {
    let found = gaps("/a/ @ann\n/a/gen/\n/b/\n", ["a/x", "a/gen/x", "a/gen/y", "b/x", "c/x", "c/y"])
    #expect(found.unowned.map(\.path) == ["c/"] && found.unowned.map(\.files) == [["c/x", "c/y"]])
    #expect(found.ownerless.map(\.path) == ["a/gen/", "b/"])
    #expect(found.files == OwnershipGaps.Files(owned: 1, unowned: 2, ownerless: 3))
    #expect(found.ownerless.allSatisfy { $0.isOnPurpose && $0.suggestion == nil })
  }

  @Test func `without a file nobody owns anything`() {
    let found = gaps(nil, ["a/x", "b"], [Sample.commit(1, "ann", ["b"])])
    #expect(found.unowned.map(\.path) == ["b", "a/"] && found.files.owned == 0 && found.unownedWorkShare == 1)
  }

  @Test func `gaps are ranked by changes and deployments together`() {
    let commits = [
      Sample.commit(1, "ann", day: -4, ["a/x", "b/x"]), Sample.commit(2, "ann", day: -3, parents: [1], ["a/x", "a/y"]),
      Sample.commit(3, "ann", day: -2, parents: [2], ["c/x", "owned"]), Sample.commit(4, "ben", day: -1, parents: [3], ["c/x"]),
    ]
    let deployments = [1, 3, 4].map { Sample.deployment($0, day: Double($0) - 4.5, sha: $0) }
    let paths = ["a/x", "a/y", "b/x", "a/y", "c/x", "d/x", "owned"]
    let found = gaps("/owned @ann", paths, commits, deployments: deployments)
    // Weights are near 1: a 2 commits, 2 deployments (1; 2 with 3); b 1, 1; c 2, 2, later; d nothing.
    #expect(found.unowned.map(\.path) == ["c/", "a/", "b/", "d/"])
    #expect(found.unowned.map(\.commits) == [2, 2, 1, 0])
    #expect(found.unowned.map(\.deployments) == [2, 2, 1, 0])
    let weights = commits.map { Sample.window.weight(at: $0.committedAt) }
    #expect(found.unowned.map(\.churn) == [weights[2] + weights[3], weights[0] + weights[1], weights[0], 0])
    #expect(found.unowned.first.map(\.exposure) == (1 + weights[2] + weights[3]) * 3)
    #expect(
      found.unowned.map(\.contributors).map { $0.map(\.author.description) } == [["@ben", "@ann"], ["@ann"], ["@ann"], []])
    // 2 + 2 + 1 + 1 changed files without a rule, 1 with one.
    let unowned = 2 * weights[0] + 2 * weights[1] + weights[2] + weights[3]
    #expect(Sample.percent(found.unownedWorkShare) == Sample.percent(unowned / (unowned + weights[2])))
    #expect(gaps("/owned @ann", paths, commits).unowned.map(\.deployments) == [nil, nil, nil, nil])
  }

  @Test func `two spellings of one letter are two files`() {
    let paths = ["e\u{301}", "\u{E9}", "f\u{301}/a", "f/b"]
    let found = gaps("/f/ @ann", paths, [Sample.commit(1, "ann", paths)])
    #expect(found.files == OwnershipGaps.Files(owned: 1, unowned: 3) && found.unowned.count == 3)
  }

  @Test func `files that are gone are no gaps and no work`() {
    let found = gaps("/b @ann", ["b"], [Sample.commit(1, "ann", ["gone/x"])])
    #expect(found.unowned.isEmpty && found.unownedWorkShare == nil)
  }

  @Test func `likely owners close the gap`() {
    let commits = (1...4).map { Sample.commit($0, $0 < 3 ? "ann" : "ben", ["a/x", "a/y"]) }
    let paths = ["a/x", "a/y", "b/x"]
    let found = gaps("/b/ @acme/api", paths, commits, directory: OwnerDirectory(teams: [Sample.team("api", "ann")]))
    #expect(found.unowned.map(\.suggestion) == [OwnerSuggestion(.paths(["a/x", "a/y"]), owners: [.team("@acme/api")])])
    #expect(gaps("/b/ @eve", paths, commits).unowned.first?.likely?.owners == [.user("@ben"), .user("@ann")])
    #expect(gaps("/b/ @eve", paths).unowned.first?.suggestion == nil)
  }
}
