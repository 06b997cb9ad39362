import KoalrDomain
import KoalrIntegrationProtocols

/// The commits whose files are those of a change that was read: nobody has to ask for them.
///
/// A merge brings what its change has. So does a squash, which GitHub names by the change's number; the last commit of a rebase, which
/// GitHub calls the merge commit too, does not. A branch of one commit has what its change has.
struct CoveredCommits {
  private var files: [CommitID: [ChangedFile]] = [:]

  init(_ commits: [Commit], head: CommitID?, changes: [ChangeRange], files known: [ChangeID: [ChangedFile]]) {
    let bySHA = Dictionary(commits.map { ($0.sha, $0) }, uniquingKeysWith: { first, _ in first })
    let line = Self.line(from: head, bySHA)
    for change in changes {
      guard let sha = change.mergeSHA, let merge = bySHA[sha], let files = known[change.id] else { continue }
      if merge.isMerge {
        self.files[sha] = files
        guard merge.parents.count == 2, let branch = bySHA[merge.parents[1]], branch.parents.count == 1 else { continue }
        if line.contains(branch.parents[0]) { self.files[branch.sha] = files }
      } else if let number = change.number, merge.subject.hasSuffix(" (#\(number))") {
        self.files[sha] = files
      }
    }
  }

  /// The files of a commit, where a change has them.
  subscript(commit: CommitID) -> [ChangedFile]? { files[commit] }

  /// The commits that the default branch itself went through.
  private static func line(from head: CommitID?, _ commits: [CommitID: Commit]) -> Set<CommitID> {
    var line: Set<CommitID> = []
    var next = head
    while let sha = next, line.insert(sha).inserted { next = commits[sha]?.parents.first }
    return line
  }
}
