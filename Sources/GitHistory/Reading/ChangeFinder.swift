import KoalrDomain
import KoalrIntegrationProtocols

/// Finds changes in a history: merges and squash merges on the first-parent chain.
///
/// A merge's author is the author of its branch's newest commit; a squash merge's is its own. A squash merge's head is the commit
/// itself, because the branch is not part of the history. When a number occurs twice, the newer change has it.
struct ChangeFinder {
  private var mainline: Mainline
  private var chain: Set<CommitID>
  private var authors: [CommitID: Author]
  private var numbers: Set<Int> = []

  private struct Author {
    var name: String
    var address: String
  }

  static func prepare(_ history: RepositoryHistory) async throws -> Self {
    let reader = history.reader
    let chain = try await reader.window(from: history.tip, since: history.request.since, firstParentOnly: true)
    let parents = try await reader.parents(of: chain)
    let heads = Set(parents.compactMap { $0.count > 1 ? $0[1] : nil })
    var authors: [CommitID: Author] = [:]
    for record in try await reader.read(Array(heads).sorted().map(\.rawValue), detail: .none) {
      authors[record.sha] = Author(name: record.authorName, address: record.authorEmail)
    }
    return Self(mainline: Mainline(branch: history.request.repository.defaultBranch), chain: Set(chain), authors: authors)
  }

  /// Returns the change that the commit brought, if any. Commits come newest first.
  mutating func change(_ record: HistoryRecord, in history: RepositoryHistory) -> Change? {
    let isMerge = record.parents.count > 1
    guard chain.contains(record.sha), let arrival = mainline.arrival(of: record, isMerge: isMerge) else { return nil }
    let number = arrival.number.flatMap { numbers.insert($0).inserted ? $0 : nil }
    let repository = history.request.repository
    let label = number.map(String.init) ?? record.sha.short
    guard let id = ChangeID(rawValue: "\(repository.id)#\(label)") else { return nil }
    let author = isMerge ? authors[record.parents[1]] : Author(name: record.authorName, address: record.authorEmail)
    let files = history.files(record)
    return Change(
      id: id, repositoryID: repository.id, number: number, title: arrival.title, state: .merged,
      author: author.flatMap { NoReplyAddress.login($0.address) }, authorName: author?.name, authorEmail: author?.address,
      createdAt: nil, updatedAt: record.committedAt, mergedAt: record.committedAt, closedAt: record.committedAt,
      headSHA: isMerge ? record.parents[1] : record.sha, baseSHA: record.parents.first, mergeSHA: record.sha,
      baseBranch: repository.defaultBranch, additions: Self.sum(files, \.additions), deletions: Self.sum(files, \.deletions),
      changedFiles: files?.count, files: files)
  }

  /// The sum, or `nil` when any part is unknown.
  private static func sum(_ files: [ChangedFile]?, _ part: KeyPath<ChangedFile, Int?>) -> Int? {
    files?.reduce(0 as Int?) { sum, file in
      guard let sum, let count = file[keyPath: part] else { return nil }
      return sum &+ count
    }
  }
}
