import KoalrDomain
import KoalrRiskModel
import KoalrTesting
import Testing

struct LandingTests {
  private func numbers(_ landings: [Landing]) -> [[Int]] {
    landings.map { $0.commits.compactMap { Int($0.sha.rawValue, radix: 16) } }
  }

  @Test func `a merged branch lands with its merge, whatever its dates`() {
    // 1 - 2 - 6(merge of 3, 4) - 7, and 5 landed on the line while 3 and 4 were written.
    let commits = [
      Sample.commit(7, day: 9, parents: [6]), Sample.commit(6, day: 8, parents: [5, 4]), Sample.commit(5, day: 6, parents: [2]),
      Sample.commit(4, day: 5, parents: [3]), Sample.commit(3, day: 3, parents: [2]), Sample.commit(2, day: 2, parents: [1]),
      Sample.commit(1, day: 1),
    ]
    #expect(numbers(Landing.sequence(of: commits, head: Sample.sha(7))) == [[1], [2], [5], [3, 4, 6], [7]])
    #expect(numbers(Landing.sequence(of: commits.reversed(), head: nil)) == [[1], [2], [5], [3, 4, 6], [7]])
  }

  @Test func `a branch that took the line in lands once`() {
    let commits = [
      Sample.commit(1, day: 1), Sample.commit(2, day: 2, parents: [1]), Sample.commit(3, day: 3, parents: [1]),
      Sample.commit(4, day: 4, parents: [3, 2]), Sample.commit(5, day: 5, parents: [2, 4]),
    ]
    #expect(numbers(Landing.sequence(of: commits, head: Sample.sha(5))) == [[1], [2], [3, 4, 5]])
  }

  @Test func `the commits of one rebase land together`() {
    let second = 1.0 / 86_400
    let commits = [
      Sample.commit(1, day: 0), Sample.commit(2, day: 1, parents: [1]), Sample.commit(3, day: 1 + second, parents: [2]),
      Sample.commit(4, by: Sample.ben, email: "ben@example.org", day: 1 + 2 * second, parents: [3]),
    ]
    #expect(numbers(Landing.sequence(of: commits, head: Sample.sha(4))) == [[1], [2, 3], [4]])
  }

  @Test func `every commit lands exactly once, also with gaps, repeats and circles`() {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let commits = (0..<30).map { number in
        let parents = (0..<Int.random(in: 0...3, using: &random)).map { _ in Int.random(in: 0..<35, using: &random) }
        return Sample.commit(number, day: Double.random(in: 0..<9, using: &random), parents: parents)
      }
      let landed = numbers(Landing.sequence(of: commits + commits.prefix(3), head: commits.randomElement(using: &random)?.sha))
      #expect(landed.joined().sorted() == Array(0..<30))
    }
    #expect(Landing.sequence(of: [], head: nil).isEmpty)
  }

  @Test func `a merged change is not experience for itself`() {
    let file = [Sample.file("a")]
    let commits = [
      Sample.commit(1, by: Sample.ben, email: "b@example.org", day: 1, file), Sample.commit(2, day: 2, parents: [1], file),
      Sample.commit(3, day: 3, parents: [2], file), Sample.commit(4, day: 4, parents: [1, 3], file),
    ]
    var change = Sample.change(state: .merged, files: file)
    change.mergeSHA = Sample.sha(4)
    var index = HistoryIndex()
    var evidence: HistoryEvidence?
    for landing in Landing.sequence(of: commits, head: Sample.sha(4)) {
      if landing.commits.contains(where: { $0.sha == change.mergeSHA }) {
        evidence = index.evidence(for: change, at: landing.time)
      }
      landing.commits.forEach { index.add($0) }
    }
    #expect(evidence?.files.first?.authorCommits == 0)
    #expect(evidence?.files.first?.commits == 1)
    #expect(index.evidence(for: change, at: Sample.now).files.first?.authorCommits == 2)
  }
}
