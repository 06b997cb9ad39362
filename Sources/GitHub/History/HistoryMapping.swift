import KoalrDomain
import KoalrIntegrationProtocols

extension HistoryCommitWire {
  /// The commit without its files, or `nil` when it cannot be used.
  func commit(of repository: Repository) -> Commit? {
    guard let sha = CommitID(rawValue: oid), let committedDate, let parents = parents?.nodes else { return nil }
    let message = CommitMessage(message ?? "")
    let email = PlainLine.text((author?.email ?? "").utf8)
    return Commit(
      sha: sha, repositoryID: repository.id, author: author?.user?.asLogin ?? NoReplyAddress.login(email),
      authorName: PlainLine.text((author?.name ?? "").utf8), authorEmail: email, committedAt: committedDate,
      parents: parents.compactMap { $0?.oid.flatMap(CommitID.init(rawValue:)) }, subject: message.subject,
      reverts: message.reverts, files: nil)
  }
}

extension FileWire {
  /// The file in the words that git has for it; `nil` for one that did not change.
  var file: ChangedFile? {
    let status: ChangedFile.Status
    switch self.status {
    case "added", "copied": status = .added
    case "removed": status = .removed
    case "renamed": status = .renamed
    case "unchanged": return nil
    // `changed` is a change of the mode alone.
    default: status = .modified
    }
    return ChangedFile(
      path: filename, previousPath: status == .renamed ? previousFilename : nil, status: status, additions: additions,
      deletions: deletions)
  }
}
