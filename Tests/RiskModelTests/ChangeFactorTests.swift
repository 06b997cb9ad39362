import KoalrDomain
import KoalrRiskModel
import Testing

struct ChangeSizeFactorTests {
  private let factor = ChangeSizeFactor(halfStrengthLines: 120)

  @Test(arguments: [(0, 0.0), (120, 0.5), (240, 0.75), (360, 0.875)])
  func `strength saturates with size`(lines: Int, expected: Double) {
    let verdict = factor.strength(in: Sample.evidence(Sample.change(files: [Sample.file("a", lines: lines)])))
    #expect(verdict.value == expected)
    #expect(verdict.reason == "\(lines) lines in 1 file; half strength is at 120 lines")
  }

  @Test func `adding lines never lowers it`() {
    var last = 0.0
    for lines in stride(from: 0, through: 20_000, by: 7) {
      let value = factor.strength(in: Sample.evidence(Sample.change(files: [Sample.file("a", lines: lines)]))).value ?? -1
      #expect(value >= last && value <= 1)
      last = value
    }
  }

  @Test func `the host's own counts go before those of the files`() {
    var change = Sample.change(files: [Sample.file("a", lines: 1)])
    (change.additions, change.deletions) = (100, 20)
    #expect(factor.strength(in: Sample.evidence(change)).value == 0.5)
  }

  @Test func `an unknown size is not a small size`() {
    let partly = factor.strength(in: Sample.evidence(Sample.change(files: [Sample.file("a"), Sample.file("b", lines: nil)])))
    #expect(partly == .missing(reason: "the number of changed lines is not known for 1 of 2 files"))
    let wholly = factor.strength(in: Sample.evidence(Sample.change(files: nil)))
    #expect(wholly == .missing(reason: "the number of changed lines is not known, and the changed files have not been read"))
  }

  @Test func `absurd counts do not trap`() {
    var change = Sample.change(files: nil)
    (change.additions, change.deletions) = (.max, .max)
    #expect(factor.strength(in: Sample.evidence(change)).value == 1)
    (change.additions, change.deletions) = (.min, -1)
    #expect(factor.strength(in: Sample.evidence(change)).value == 0)
  }
}

struct FileSpreadFactorTests {
  private let factor = FileSpreadFactor(halfStrengthEntropyBits: 2, halfStrengthFurtherFiles: 3)

  private func verdict(_ lines: [Int?]) -> FactorVerdict {
    let files = lines.enumerated().map { Sample.file("f\($0)", lines: $1) }
    return factor.strength(in: Sample.evidence(Sample.change(files: files)))
  }

  @Test(arguments: [([50], 0.0), ([10, 10, 10, 10], 0.5), ([5, 0, 0, 0], 0.25)])
  func `it grows with the number of files and the evenness of the lines`(lines: [Int], expected: Double) throws {
    let value = try #require(verdict(lines).value)
    #expect(abs(value - expected) < 1e-12)
  }

  @Test func `one more file never lowers it, nor does a more even spread`() {
    for count in 1..<40 {
      let even = verdict(Array(repeating: 10, count: count)).value ?? -1
      #expect((verdict(Array(repeating: 10, count: count + 1)).value ?? -1) > even)
      #expect(
        (verdict([500] + Array(repeating: 10, count: count)).value ?? -1)
          <= (verdict(Array(repeating: 10, count: count + 1)).value ?? -1))
    }
  }

  @Test func `its reason has the numbers`() {
    #expect(
      verdict([10, 10, 10, 10]).reason
        == "4 files, the lines spread with 2 bits of entropy; half strength is at 4 files and 2 bits")
  }

  @Test func `without lines only the number of files counts`() {
    #expect(verdict([nil, nil, 3, 4]).value == 0.25)
    #expect(verdict([nil]).reason == "1 file; how evenly the lines are spread is not known and adds nothing")
    let unread = factor.strength(in: Sample.evidence(Sample.change(files: nil)))
    #expect(unread == .missing(reason: "the changed files have not been read"))
  }

  @Test func `moves without a changed line are spread by number alone`() {
    #expect(verdict([0, 0, 0, 0]).value == 0.25)
    #expect(verdict([]).value == 0)
  }
}

struct CoverageFactorTests {
  private let factor = CoverageFactor(floorPercent: 40)

  private func verdict(_ files: [FileCoverage]?, untracked: Int? = 0) -> FactorVerdict {
    factor.strength(in: Sample.evidence(Sample.change(), coverage: Sample.coverage(files, untracked: untracked)))
  }

  @Test(arguments: [(0, 10, 1.0), (399, 1_000, 1), (39, 100, 1), (2, 5, 0), (40, 100, 0), (401, 1_000, 0), (10, 10, 0)])
  func `it applies in full below the floor and not at all from there on`(hits: Int, lines: Int, expected: Double) {
    #expect(verdict([FileCoverage(path: "a", hits: hits, lines: lines)]).value == expected)
  }

  @Test func `the files count together, not each for itself`() {
    let small = FileCoverage(path: "small", hits: 0, lines: 10)
    let large = FileCoverage(path: "large", hits: 80, lines: 100)
    #expect(verdict([small, large]).value == 0)
    #expect(verdict([small, FileCoverage(path: "large", hits: 43, lines: 100)]).value == 1)
  }

  @Test func `its reason has the numbers and the files that are not measured`() {
    let verdict = verdict([FileCoverage(path: "a", hits: 31, lines: 100)], untracked: 2)
    #expect(
      verdict.reason == "tests run 31 of 100 coverable lines (31 %) of 1 changed file, below 40 %; 2 changed files not measured")
  }

  @Test func `without figures it is missing`() {
    #expect(verdict(nil) == .missing(reason: "the head commit of the change has no coverage report"))
    #expect(
      verdict([], untracked: 1)
        == .missing(reason: "nothing that can be covered is in the changed files; 1 changed file not measured"))
    #expect(
      factor.strength(in: Sample.evidence(Sample.change())) == .missing(reason: "no coverage service is connected"))
  }

  @Test func `absurd figures do not trap`() {
    let huge = FileCoverage(path: "a", hits: .max, lines: .max)
    #expect(verdict([huge, huge]).value == 0)
  }
}
