import KoalrCodeOwnersParser
import KoalrDeliveryMetrics
import KoalrDomain
import Testing

struct ContributionTests {
  @Test(arguments: [(-90.001, 0), (-90, 1), (-45, 1), (0, 1), (0.001, 0)])
  func `only commits of the window count, its ends included`(day: Double, expected: Int) {
    #expect(Sample.contributions([Sample.commit(1, "ann", day: day, ["a"])]).commitCount == expected)
  }

  @Test(arguments: [(0.0, 1.0), (-30, 0.5), (-60, 0.25), (-15, 0.7071), (-90, 0.125)])
  func `a commit weighs half after a half-life`(day: Double, expected: Double) {
    #expect(abs(Sample.window.weight(at: Sample.day(day)) - expected) < 1e-4)
  }

  @Test func `merges and repeated commits count for nothing`() {
    let commits = [
      Sample.commit(1, "ann", ["a"]), Sample.commit(2, "ann", parents: [1, 7], ["a", "b"]), Sample.commit(1, "ann", ["a"]),
    ]
    #expect(Sample.contributions(commits).commitCount == 1)
  }

  @Test func `commits whose files could not be read are counted apart`() {
    var commit = Sample.commit(1, "ann", ["a"])
    commit.files = nil
    let contributions = Sample.contributions([commit, Sample.commit(2, "ann", ["a"])])
    #expect(contributions.commitCount == 1 && contributions.commitsWithoutFiles == 1 && contributions.filesLeftOut == 0)
  }

  @Test(arguments: [
    Sample.commit(1, "renovate[bot]", ["a"]), Sample.commit(1, "9+Renovate[bot]@users.noreply.github.com", ["a"]),
    Sample.commit(1, "ci@example.org", name: "helper[bot]", ["a"]), Sample.commit(1, "acme-ci", ["a"]),
    Sample.commit(1, "Builds@example.org", ["a"]), Sample.commit(1, "known@example.org", ["a"]),
  ])
  func `bots are no contributors, whatever tells of them`(_ commit: Commit) {
    var recorder = ContributionRecorder(window: Sample.window, automation: ["Acme-CI", "builds@example.org"])
    recorder.add(commit)
    recorder.add(Sample.commit(2, "ann", ["a"]))
    let directory = OwnerDirectory(addresses: ["known@example.org": Login(unchecked: "helper[bot]")])
    #expect(recorder.contributions(directory: directory).commitCount == 1)
  }

  @Test(arguments: [
    Sample.commit(1, "Renovate-Bot", ["a"]), Sample.commit(1, "deps@example.org", name: "renovate-bot", ["a"]),
    Sample.commit(1, "noreply@github.com", name: "GitHub", ["a"]),
  ])
  func `programs that many use are no contributors, though their names do not say so`(_ commit: Commit) {
    #expect(Sample.contributions([commit, Sample.commit(2, "ann", ["a"])]).commitCount == 1)
    // An account of its own is what it says, whatever the name.
    #expect(Sample.contributions([Sample.commit(1, "ann", name: "renovate-bot", ["a"])]).commitCount == 1)
  }

  @Test func `an account and its addresses are one person, and an address is of the account that used it most`() {
    let commits = [
      Sample.commit(1, "ann", day: -3, email: "shared@example.org", ["a"]),
      Sample.commit(2, "Ann", day: -2, email: "ann@example.org", name: "Ann Lee", ["a"]),
      Sample.commit(3, "ANN@example.org", day: -4, ["a"]),
      Sample.commit(4, "ben", email: "shared@example.org", ["a"]), Sample.commit(5, "ben", email: "shared@example.org", ["a"]),
      Sample.commit(6, "Shared@Example.org", ["a"]),
    ]
    let gap = OwnershipGaps(of: nil, paths: ["a"], in: Sample.contributions(commits)).unowned.first
    #expect(gap?.contributors.map(\.author.login) == [Login(unchecked: "ben"), Login(unchecked: "Ann")])
    #expect(gap?.contributors.map(\.commits) == [3, 3])
    #expect(gap?.contributors.last?.author.name == "Ann Lee")
  }

  @Test func `people without an account go by name and address, or by name`() {
    let commits = [
      Sample.commit(1, "x@example.org", day: -1, name: "Old", ["a"]), Sample.commit(2, "X@example.org", name: "New", ["a"]),
      Sample.commit(3, "@", email: "", name: "Nobody", ["a"]),
    ]
    let gap = OwnershipGaps(of: nil, paths: ["a"], in: Sample.contributions(commits)).unowned.first
    #expect(gap?.contributors.map(\.author.description) == ["New <X@example.org>", "Nobody"])
    // Nobody knows whether it is an owner.
    let nameless = (0..<5).map { Sample.commit($0, "@", email: "", name: "Nobody", ["a"]) }
    #expect(Sample.drift("* ann@example.org", nameless).undecided.count == 1)
  }

  @Test func `a renamed file keeps the commits of its former names`() {
    let commits = [
      Sample.commit(1, "ann", day: -9, ["a"]), Sample.commit(2, "ann", day: -8, ["b"]),
      Sample.commit(3, "ben", day: -7, [], renamed: [("a", "b"), ("b", "a")]),  // swapped
      Sample.commit(4, "ann", day: -6, ["b"]),
      Sample.commit(5, "ben", day: -5, [], renamed: [("b", "dir/c")]),
      Sample.commit(6, "eve", day: -4, ["b"]),  // a new file of an old name
      Sample.commit(7, "ben", day: -3, [], renamed: [("dir/c", "d")]),
    ]
    let gaps = OwnershipGaps(of: nil, paths: ["a", "b", "d", "dir/c"], in: Sample.contributions(commits)).unowned
    let counts = Dictionary(uniqueKeysWithValues: gaps.map { ($0.path, $0.commits) })
    // d: 1, 3, 4, 5, 7 as a, b, dir/c; a: 2, 3; b: 6.
    #expect(counts == ["a": 2, "b": 1, "d": 5, "dir/": 0])
  }

  @Test func `two former names of a file in one commit are one file`() {
    let commits = [
      Sample.commit(1, "ann", day: -9, ["a", "b"]), Sample.commit(2, "ann", day: -8, [], renamed: [("a", "b")]),
    ]
    let gaps = OwnershipGaps(of: nil, paths: ["b"], in: Sample.contributions(commits)).unowned
    let weights = commits.map { Sample.window.weight(at: $0.committedAt) }
    #expect(gaps.map(\.commits) == [2] && gaps.map(\.churn) == [weights[0] + weights[1]])
  }

  @Test func `a window without length is a mistake of the caller`() async {
    await #expect(processExitsWith: .failure) { _ = ContributionWindow(until: Sample.now, days: 0) }
    await #expect(processExitsWith: .failure) { _ = ContributionWindow(until: Sample.now, halfLifeDays: -1) }
  }

  @Test(arguments: [
    ("Ann@example.org", "A. Lee", "ann"), ("a+b@x.org", "Ann", "ann"), ("ANN+git@x.org", "x", "ann"), ("ann@x.org", "ann", "ann"),
    ("ann@x.org", "Ben", nil), ("annie@x.org", "Ann Lee", nil), ("x+ann@x.org", "x", nil), ("@x.org", "", nil),
  ])
  func `an address is an account's when it or the name says so, and nothing says another`(
    address: String, name: String, account: String?
  ) {
    let commits = [Sample.commit(1, address, name: name, ["a"]), Sample.commit(2, "eve", email: "ben@x.org", ["a"])]
    let accounts = Sample.contributions(commits).accounts(namedLike: ["ann", "ben"].map { Login(unchecked: $0) })
    #expect(accounts.values.map(\.rawValue) == [account].compactMap(\.self))
    #expect(accounts.keys.allSatisfy { $0 == address.lowercased() })
  }
}
