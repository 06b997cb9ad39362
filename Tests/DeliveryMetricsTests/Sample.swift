import KoalrCodeOwnersParser
import KoalrDeliveryMetrics
import KoalrDomain

/// An invented repository: commits are written `"ann", day: -30, ["api/a"]`.
enum Sample {
  static let now = Date(timeIntervalSince1970: 1_800_000_000)
  static let window = ContributionWindow(until: now)
  static let repository = RepositoryID(unchecked: "R_1")

  static func day(_ days: Double) -> Date { now.addingTimeInterval(days * 86_400) }

  static func sha(_ number: Int) -> CommitID {
    let digits = String(number, radix: 16)
    return CommitID(unchecked: String(repeating: "0", count: 40 - digits.count) + digits)
  }

  /// - Parameter author: An account, or an address when it has an `@`.
  static func commit(
    _ number: Int, _ author: String, day: Double = 0, parents: [Int] = [], email: String? = nil, name: String? = nil,
    _ paths: [String], renamed: [(from: String, to: String)] = []
  ) -> Commit {
    let isAddress = author.contains("@")
    let files =
      paths.map { ChangedFile(path: $0, status: .modified, additions: 1, deletions: 1) }
      + renamed.map { ChangedFile(path: $0.to, previousPath: $0.from, status: .renamed, additions: 0, deletions: 0) }
    return Commit(
      sha: sha(number), repositoryID: repository, author: isAddress ? nil : Login(unchecked: author), authorName: name ?? author,
      authorEmail: email ?? (isAddress ? author : "\(author)@example.org"), committedAt: Sample.day(day),
      parents: parents.map(sha), subject: "s", files: files)
  }

  static func file(_ text: String) -> CodeOwnersFile { CodeOwnersParser().parse(text) }

  static func team(_ slug: String, _ members: String...) -> Team {
    Team(
      id: SourceID(unchecked: "T_\(slug)"), organization: "acme", slug: slug, name: slug, parent: nil,
      members: members.map { Login(unchecked: $0) })
  }

  static func contributions(_ commits: [Commit], directory: OwnerDirectory = OwnerDirectory()) -> Contributions {
    Contributions(of: commits, window: window, directory: directory)
  }

  static func drift(
    _ text: String, _ commits: [Commit], _ directory: OwnerDirectory = OwnerDirectory(), _ options: DriftOptions = DriftOptions()
  ) -> OwnershipDrift {
    OwnershipDrift(
      of: file(text), in: contributions(commits, directory: directory), directory: directory, options: options)
  }

  static func deployment(
    _ number: Int, day: Double, to environment: String = "production", sha commit: Int, state: DeploymentStatus.State = .success
  ) -> Deployment {
    Deployment(
      id: SourceID(unchecked: "D_\(number)"), repositoryID: repository, environment: environment, sha: sha(commit),
      createdAt: Sample.day(day), updatedAt: Sample.day(day),
      statuses: [DeploymentStatus(state: state, createdAt: Sample.day(day))])
  }

  /// Rounded to hundredths of a percent, as a person checks it.
  static func percent(_ share: Double?) -> Double? { share.map { ($0 * 10_000).rounded() / 100 } }
}
