import KoalrCodeOwnersParser
import KoalrDomain
import KoalrRiskModel

/// Invented values that a test changes where it matters.
enum Sample {
  static let repository = RepositoryID(unchecked: "R_1")
  static let now = Date(timeIntervalSince1970: 1_800_000_000)
  static let ann = Login(unchecked: "ann")
  static let ben = Login(unchecked: "ben")
  static let eve = Login(unchecked: "eve")

  static func day(_ days: Double) -> Date { now.addingTimeInterval(days * 86_400) }

  static func sha(_ number: Int) -> CommitID {
    let digits = String(number, radix: 16)
    return CommitID(unchecked: String(repeating: "0", count: 40 - digits.count) + digits)
  }

  static func file(_ path: String, _ status: ChangedFile.Status = .modified, lines: Int? = 10, from: String? = nil) -> ChangedFile
  {
    ChangedFile(path: path, previousPath: from, status: status, additions: lines, deletions: lines.map { _ in 0 })
  }

  static func commit(
    _ number: Int, by login: Login? = ann, email: String = "ann@example.org", day: Double = 0, parents: [Int] = [],
    _ files: [ChangedFile]? = []
  ) -> Commit {
    Commit(
      sha: sha(number), repositoryID: repository, author: login, authorName: "n", authorEmail: email, committedAt: Self.day(day),
      parents: parents.map(sha), subject: "s", files: files)
  }

  static func change(
    _ id: String = "c", author: Login? = ann, email: String? = nil, state: Change.State = .open, files: [ChangedFile]? = [],
    reviews: [Review]? = nil
  ) -> Change {
    Change(
      id: ChangeID(unchecked: id), repositoryID: repository, number: 1, title: "t", state: state, author: author,
      authorEmail: email, createdAt: day(-3), updatedAt: now, mergedAt: state == .merged ? now : nil, files: files,
      reviews: reviews)
  }

  static func review(_ id: String, by login: Login?, _ state: Review.State, day: Double = -1) -> Review {
    Review(id: SourceID(unchecked: id), author: login, state: state, submittedAt: self.day(day))
  }

  static func evidence(
    _ change: Change, history: Evidence<HistoryEvidence> = .missing(reason: "the history of acme/api has not been read yet"),
    ownership: Evidence<OwnershipEvidence> = .missing(reason: "the owners have not been read"),
    coverage: Evidence<ChangeCoverage> = .missing(reason: "no coverage service is connected"), headCommittedAt: Date? = nil
  ) -> ChangeEvidence {
    ChangeEvidence(
      change: change, asOf: now, history: history, ownership: ownership, coverage: coverage, headCommittedAt: headCommittedAt)
  }

  static func coverage(_ files: [FileCoverage]?, untracked: Int? = 0) -> Evidence<ChangeCoverage> {
    .known(
      ChangeCoverage(
        changeID: ChangeID(unchecked: "c"), repositoryID: repository, headSHA: nil, base: nil, head: nil, delta: nil, patch: nil,
        files: files, untrackedFiles: untracked, updatedAt: nil))
  }
}

extension FactorVerdict {
  var value: Double? {
    if case .strength(let value, _) = self { value } else { nil }
  }

  var reason: String {
    switch self {
    case .strength(_, let reason), .missing(let reason): reason
    }
  }
}
