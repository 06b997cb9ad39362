import KoalrDomain
import KoalrRiskModel
import Testing

struct HistoryIndexTests {
  private func index(_ commits: [Commit]) -> HistoryIndex {
    var index = HistoryIndex()
    commits.forEach { index.add($0) }
    return index
  }

  private func familiarity(_ index: HistoryIndex, _ change: Change) -> FactorVerdict {
    AuthorFamiliarityFactor(halfStrengthAuthorCommits: 2)
      .strength(in: Sample.evidence(change, history: .known(index.evidence(for: change, at: Sample.now))))
  }

  private func churn(_ index: HistoryIndex, _ change: Change) -> FactorVerdict {
    FileChurnFactor(halfStrengthRecentCommits: 2)
      .strength(in: Sample.evidence(change, history: .known(index.evidence(for: change, at: Sample.now))))
  }

  private func failures(_ index: HistoryIndex, _ change: Change) -> FactorVerdict {
    AreaFailuresFactor(halfStrengthFailureRate: 0.1)
      .strength(in: Sample.evidence(change, history: .known(index.evidence(for: change, at: Sample.now))))
  }

  @Test(arguments: [(0, 1.0), (2, 0.5), (4, 0.25)]) func `familiarity grows with the author's earlier commits`(
    commits: Int, expected: Double
  ) {
    let others = [Sample.commit(99, by: Sample.ben, email: "ben@example.org", [Sample.file("a")])]
    let own = (0..<commits).map { Sample.commit($0, [Sample.file("a")]) }
    let verdict = familiarity(index(others + own), Sample.change(files: [Sample.file("a")]))
    #expect(verdict.value == expected)
    #expect(
      verdict.reason
        == "the author has \(commits) earlier commits on \(commits > 0 ? 1 : 0) of 1 file with a history; half strength is at 2 on each"
    )
  }

  @Test func `an unknown author is missing, not unfamiliar`() {
    let index = index([Sample.commit(1, [Sample.file("a")])])
    let change = Sample.change(author: nil, files: [Sample.file("a")])
    #expect(familiarity(index, change) == .missing(reason: "the author of the change is not known"))
    #expect(churn(index, change).value != nil)
  }

  @Test func `an account and its address are one person`() {
    let index = index([
      Sample.commit(1, by: nil, email: "Ann@Example.org", [Sample.file("a")]),
      Sample.commit(2, by: Sample.ann, email: "ann@example.org", [Sample.file("a")]),
      Sample.commit(3, by: Login(unchecked: "ANN"), email: "other@example.org", [Sample.file("a")]),
    ])
    for change in [
      Sample.change(files: [Sample.file("a")]), Sample.change(author: nil, email: "ANN@example.org", files: [Sample.file("a")]),
    ] { #expect(index.evidence(for: change, at: Sample.now).files.first?.authorCommits == 3) }
  }

  @Test func `an address belongs to the first account that used it`() {
    let index = index([
      Sample.commit(1, by: Sample.ann, email: "shared@example.org", [Sample.file("a")]),
      Sample.commit(2, by: Sample.ben, email: "shared@example.org", [Sample.file("a")]),
    ])
    let change = Sample.change(author: Sample.ben, files: [Sample.file("a")])
    #expect(index.evidence(for: change, at: Sample.now).files.first?.authorCommits == 1)
  }

  @Test func `an account cannot be found where commits name none`() {
    let index = index([Sample.commit(1, by: nil, [Sample.file("a")])])
    #expect(
      familiarity(index, Sample.change(files: [Sample.file("a")]))
        == .missing(reason: "no commit that was read names an account, so those of ann cannot be told"))
  }

  @Test func `files without history say whether they are new or the window is short`() {
    let index = index([Sample.commit(1, [Sample.file("a")])])
    let new = Sample.change(files: [Sample.file("n", .added), Sample.file("m", .added)])
    #expect(churn(index, new) == .missing(reason: "all 2 files are new and have no history"))
    let old = Sample.change(files: [Sample.file("x"), Sample.file("n", .added)])
    #expect(
      familiarity(index, old)
        == .missing(
          reason:
            "1 commit of the window came before it, and none touches a file of it"
        ))
    #expect(
      churn(HistoryIndex(), old) == .missing(reason: "no commit of the window landed before it"))
  }

  @Test func `churn halves with its half-life and names its numbers`() {
    let index = index([
      Sample.commit(1, day: -90, [Sample.file("a")]), Sample.commit(2, day: 0, [Sample.file("b")]),
    ])
    let change = Sample.change(files: [Sample.file("a"), Sample.file("b"), Sample.file("c")])
    #expect(
      churn(index, change).reason == "2 earlier commits on 2 of the 3 files, which weigh 1.5 by their age; half strength is at 2")
  }

  @Test func `a merge counts for nothing, a renamed file keeps its past`() {
    let index = index([
      Sample.commit(1, [Sample.file("old")]), Sample.commit(2, parents: [1, 7], [Sample.file("old")]),
      Sample.commit(3, [Sample.file("dir/new", .renamed, from: "old")]),
    ])
    #expect(index.commitsRead == 2)
    let change = Sample.change(files: [Sample.file("dir/new"), Sample.file("dir/newest", .renamed, from: "dir/new")])
    #expect(index.evidence(for: change, at: Sample.now).files.map(\.commits) == [2, 2])
  }

  @Test func `a failure raises its file, its folder and the repository, in this order`() {
    var index = index((0..<40).map { Sample.commit($0, [Sample.file("a/x/\($0 % 4)"), Sample.file("b/\($0 % 4)")]) })
    let changes = ["a/x/0", "a/x/1", "a/new", "b/0"].map { Sample.change(files: [Sample.file($0)]) }
    #expect(changes.allSatisfy { failures(index, $0).value == 0 })
    #expect(failures(index, changes[0]).reason == "no failure is on record among 40 commits of the repository")
    index.addFailure(files: ["a/x/0"], at: Sample.now)
    let values = changes.map { failures(index, $0).value ?? -1 }
    #expect(values[0] > values[1] && values[1] >= values[2] && values[2] >= values[3] && values[3] > 0)
    #expect(failures(index, changes[0]).reason.hasPrefix("1 failure after 10 commits in a/x/0, a rate estimated at "))
  }

  @Test func `more failures never lower it, and it stays below one`() {
    var index = index((0..<30).map { Sample.commit($0, [Sample.file("a")]) })
    let change = Sample.change(files: [Sample.file("a")])
    var last = failures(index, change).value ?? -1
    for _ in 0..<100 {
      index.addFailure(files: ["a"], at: Sample.now)
      let value = failures(index, change).value ?? -1
      #expect(value >= last && value <= 1)
      last = value
    }
  }

  @Test func `failures nobody reads are missing`() {
    var index = HistoryIndex(failuresAbsence: "no source of failures is connected")
    index.add(Sample.commit(1, [Sample.file("a")]))
    #expect(failures(index, Sample.change(files: [Sample.file("a")])) == .missing(reason: "no source of failures is connected"))
  }

  @Test func `a question does not change what comes after it`() {
    var index = HistoryIndex()
    let change = Sample.change(files: [Sample.file("a")])
    for number in 0..<5 {
      #expect(index.evidence(for: change, at: Sample.now).files.first?.commits == number)
      index.add(Sample.commit(number, [Sample.file("a")]))
    }
  }

  @Test func `a path of many folders and a commit of many files are no trouble`() {
    var index = HistoryIndex()
    let deep = String(repeating: "d/", count: 5_000) + "f"
    index.add(Sample.commit(1, [Sample.file(deep), Sample.file(""), Sample.file("/"), Sample.file("//")]))
    index.addFailure(files: [deep, ""], at: Sample.now)
    let change = Sample.change(files: [Sample.file(deep), Sample.file("d/d/other")])
    #expect(index.evidence(for: change, at: Sample.now).files.map(\.commits) == [1, 0])
  }
}
