public import KoalrDomain

/// Who had to approve a change, who did, and which files lack an approval.
///
/// ```swift
/// let compliance = ReviewCompliance(file: file, paths: paths, author: mona, reviews: reviews, directory: people)
/// compliance.lacking          // ["api/routes.swift"]
/// compliance.verdict.title    // "1 of 3 owned files lacks an approval"
/// ```
///
/// One approval by any owner of the deciding rule is enough, or as many as a GitLab section asks for. The last verdict of a
/// reviewer counts; comments are none. The author's and bots' approvals do not count, nor those of accounts that are known to
/// have no write access. A file that nobody but its author could approve asks for nobody.
public struct ReviewCompliance: Hashable, Sendable {
  /// What each deciding rule asks for, in the order of the file.
  public let requirements: [ReviewRequirement]
  /// The files that need an approval and have all they need, sorted.
  public let approved: [String]
  /// The files that lack one, sorted.
  public let lacking: [String]
  /// The files of which it cannot be told, sorted.
  public let undecided: [String]
  /// Owners of the changed files whose request for changes stands, by time.
  public let objectors: [Login]

  /// Compares a change with the file of the branch it goes to. Costs the paths, and for each deciding rule its owners times the
  /// approvals.
  ///
  /// - Parameters:
  ///   - file: The rules of the branch that the change goes to.
  ///   - paths: The changed files.
  ///   - author: Who opened the change; `nil` when nobody knows, so that nobody is left out.
  ///   - reviews: All reviews of the change, in any order.
  ///   - directory: Tells who stands behind an owner and may write.
  ///   - policy: Which approvals stand.
  public init(
    file: CodeOwnersFile, paths: some Sequence<String>, author: Login?, reviews: [Review], directory: OwnerDirectory,
    policy: ReviewPolicy = ReviewPolicy()
  ) {
    let verdicts = ReviewVerdicts(reviews: reviews, author: author, asOf: policy.asOf)
    self.init(
      file: file, paths: paths, author: author, approvers: verdicts.approvals(since: policy.head).map(\.login),
      objectors: verdicts.objectors, directory: directory)
  }

  package init(
    file: CodeOwnersFile, paths: some Sequence<String>, author: Login?, approvers: [Login], objectors: [Login] = [],
    directory: OwnerDirectory
  ) {
    let bench = OwnerBench(dialect: file.dialect, author: author, directory: directory)
    let asked = AskedRules(file: file, paths: paths)
    requirements = asked.rules.map { bench.requirement($0.decision, paths: $0.paths, approvers: approvers) }
    var states = FileStates()
    for requirement in requirements where !requirement.isOptional { states.note(requirement) }
    (approved, lacking, undecided) = states.sorted
    let owners = requirements.flatMap(\.owners)
    self.objectors = objectors.filter { login in owners.contains { directory.contains(login, $0) == true } }
  }
}

/// The worst answer for each file.
private struct FileStates {
  private var worst: [String: ReviewRequirement.State] = [:]

  mutating func note(_ requirement: ReviewRequirement) {
    let state = requirement.state
    guard state != .waived else { return }
    for path in requirement.paths where worst[path].map({ Self.rank($0) < Self.rank(state) }) != false { worst[path] = state }
  }

  var sorted: (approved: [String], lacking: [String], undecided: [String]) {
    func paths(_ state: ReviewRequirement.State) -> [String] { worst.filter { $0.value == state }.keys.sorted() }
    return (paths(.met), paths(.lacking), paths(.undecided))
  }

  private static func rank(_ state: ReviewRequirement.State) -> Int {
    switch state {
    case .waived: 0
    case .met: 1
    case .undecided: 2
    case .lacking: 3
    }
  }
}
