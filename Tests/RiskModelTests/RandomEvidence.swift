import KoalrCodeOwnersParser
import KoalrDomain
import KoalrRiskModel
import KoalrTesting

/// Evidence of every kind and completeness.
enum RandomEvidence {
  static func make(_ random: inout SeededGenerator) -> ChangeEvidence {
    let people = [Sample.ann, Sample.ben, Sample.eve]
    let files = (0..<Int.random(in: 0...12, using: &random)).map { _ in
      let isKnown = Int.random(in: 0..<8, using: &random) > 0
      return Sample.file(
        "d\(Int.random(in: 0..<3, using: &random))/f\(Int.random(in: 0..<9, using: &random))",
        [.added, .modified, .removed].randomElement(using: &random) ?? .modified,
        lines: isKnown ? Int.random(in: 0..<300, using: &random) : nil)
    }
    let reviews = (0..<Int.random(in: 0...3, using: &random)).map { number in
      Sample.review(
        "\(number)", by: people.randomElement(using: &random),
        [.approved, .commented, .changesRequested, .dismissed].randomElement(using: &random) ?? .approved,
        day: Double.random(in: -3...1, using: &random))
    }
    let change = Sample.change(
      author: Bool.random(using: &random) ? people.randomElement(using: &random) : nil,
      files: Int.random(in: 0..<9, using: &random) > 0 ? files : nil,
      reviews: Int.random(in: 0..<4, using: &random) > 0 ? reviews : nil)
    let history = history(for: change, people, &random)
    let covered = files.map { FileCoverage(path: $0.path, hits: Int.random(in: 0...20, using: &random), lines: 20) }
    return Sample.evidence(
      change, history: Bool.random(using: &random) ? history : .missing(reason: "not read"),
      ownership: Bool.random(using: &random)
        ? .known(.file(CodeOwnersParser().parse("* @ben\n/d1/ @eve\n/d2/"), teams: TeamRoster())) : .missing(reason: "not read"),
      coverage: Bool.random(using: &random) ? Sample.coverage(covered) : .missing(reason: "not connected"))
  }

  private static func history(
    for change: Change, _ people: [Login], _ random: inout SeededGenerator
  ) -> Evidence<HistoryEvidence> {
    var index = HistoryIndex()
    for number in 0..<Int.random(in: 0...40, using: &random) {
      let files = (0..<3).map { _ in
        Sample.file("d\(Int.random(in: 0..<3, using: &random))/f\(Int.random(in: 0..<9, using: &random))")
      }
      index.add(Sample.commit(number, by: people.randomElement(using: &random), day: Double(number - 40), files))
      if Int.random(in: 0..<9, using: &random) == 0 {
        index.addFailure(files: files.map(\.path), at: Sample.day(Double(number - 40)))
      }
    }
    return .known(index.evidence(for: change, at: Sample.now))
  }

  /// The same evidence with one part after the other taken away.
  static func poorer(_ evidence: ChangeEvidence) -> [ChangeEvidence] {
    var all = Array(repeating: evidence, count: 5)
    all[0].history = .missing(reason: "gone")
    all[1].coverage = .missing(reason: "gone")
    all[2].ownership = .missing(reason: "gone")
    all[3].reviews = .missing(reason: "gone")
    all[4].files = .missing(reason: "gone")
    return all
  }
}
