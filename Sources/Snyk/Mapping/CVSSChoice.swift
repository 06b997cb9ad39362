/// Which of several CVSS scores stands for a problem.
enum CVSSChoice {
  /// Returns Snyk's score of the highest CVSS version, else NVD's, else the highest there is; `nil` when none is given.
  ///
  /// A severity word without a number is no score, and never 0.
  static func choose(_ scores: [IssueWire.Score]) -> (score: Double, vector: String?)? {
    let given = scores.filter { $0.score.map { (0...10).contains($0) } ?? false }
    let chosen =
      newest(given.filter { $0.source?.lowercased() == "snyk" }) ?? newest(given.filter { $0.source?.lowercased() == "nvd" })
      ?? given.max { ($0.score ?? 0) < ($1.score ?? 0) }
    guard let chosen, let score = chosen.score else { return nil }
    return (score, chosen.vector)
  }

  private static func newest(_ scores: [IssueWire.Score]) -> IssueWire.Score? {
    scores.max { version($0) < version($1) }
  }

  private static func version(_ score: IssueWire.Score) -> Double { score.version.flatMap(Double.init) ?? 0 }
}
