import KoalrDomain
import KoalrIntegrationProtocols

/// Makes changes from pull requests and the lists that were fetched for them.
struct ChangeMapping {
  private let repository: Repository
  private let details: DetailFetch.Details
  private let errors: [GraphQLErrorWire]
  private let hasChecks: Bool
  private let isFirstLook: Bool
  private var ledger: GapLedger

  /// Prepares for the items of one answer; `hasChecks` says whether checks were asked for. At a first look nothing was but the list.
  init(
    _ repository: Repository, details: DetailFetch.Details, errors: [GraphQLErrorWire], hasChecks: Bool,
    isFirstLook: Bool = false
  ) {
    self.repository = repository
    self.details = details
    self.errors = errors
    self.hasChecks = hasChecks
    self.isFirstLook = isFirstLook
    ledger = GapLedger("pull requests", of: repository)
  }

  /// What could not be mapped.
  var gaps: [SourceGap] { ledger.gaps }

  /// The lists that have to be fetched for a pull request: those that are not empty, and the rest of long ones.
  static func missing(_ pull: PullRequestWire, in repository: Repository) -> [DetailItem] {
    let name = "\(repository.name)\(pull.label)"
    var items: [DetailItem] = []
    if pull.reviews?.totalCount != 0 { items.append(DetailItem(id: pull.id, part: .reviews, name: name)) }
    if pull.comments?.totalCount != 0 { items.append(DetailItem(id: pull.id, part: .comments, name: name)) }
    if pull.reviewThreads?.totalCount != 0 { items.append(threads(of: pull, name)) }
    if pull.labels?.totalCount != 0 { items.append(DetailItem(id: pull.id, part: .pullRequestLabels, name: name)) }
    return items + furtherChecks(pull, in: repository)
  }

  /// The rest of a long list of checks.
  static func furtherChecks(_ pull: PullRequestWire, in repository: Repository) -> [DetailItem] {
    guard let cursor = pull.statusCheckRollup?.contexts?.nextCursor else { return [] }
    return [DetailItem(id: pull.id, part: .checks, after: cursor, name: "\(repository.name)\(pull.label)", page: 1)]
  }

  private static func threads(of pull: PullRequestWire, _ name: String) -> DetailItem {
    var item = DetailItem(id: pull.id, part: .reviewThreads, name: name)
    item.size = max(1, min(pull.reviewThreads?.totalCount ?? PageSizeEstimate.smallest, DetailItem.mostThreads))
    return item
  }

  /// Maps one pull request, or notes why it cannot be.
  mutating func change(_ item: WindowPage<PullRequestWire>.Item) -> Change? {
    let pull = item.node
    guard let id = ChangeID(rawValue: pull.id), let updatedAt = pull.updatedAt, let state = pull.decision else {
      ledger.note("", of: pull.label, why: Advice.unreadable)
      return nil
    }
    if pull.title == nil { ledger.note("title", of: pull.label, why: Advice.leftOut) }
    var change = Change(
      id: id, repositoryID: repository.id, number: pull.number, title: pull.title ?? "", state: state,
      author: pull.author?.asLogin, createdAt: pull.createdAt, updatedAt: updatedAt)
    change.mergedAt = pull.mergedAt
    change.closedAt = pull.closedAt
    change.headSHA = pull.headRefOid.flatMap(CommitID.init(rawValue:))
    change.baseSHA = pull.baseRefOid.flatMap(CommitID.init(rawValue:))
    change.mergeSHA = state == .merged ? pull.mergeCommit?.oid.flatMap(CommitID.init(rawValue:)) : nil
    change.baseBranch = pull.baseRefName
    change.headBranch = pull.headRefName
    change.fromFork = pull.isCrossRepository
    change.draft = pull.isDraft ?? false
    change.additions = pull.additions
    change.deletions = pull.deletions
    change.changedFiles = pull.changedFiles
    change.commentCount = pull.totalCommentsCount
    change.labels = labels(pull)
    change.reviews = reviews(pull)
    change.comments = comments(pull)
    change.checks = checks(pull, at: item.index)
    return change
  }

  private mutating func labels(_ pull: PullRequestWire) -> [String]? {
    list(.pullRequestLabels, of: pull, isEmpty: pull.labels?.totalCount == 0) { $0.labels?.nodes?.map { $0?.name } }
  }

  private mutating func reviews(_ pull: PullRequestWire) -> [Review]? {
    list(.reviews, of: pull, isEmpty: pull.reviews?.totalCount == 0) { $0.reviews?.nodes?.map { $0?.asReview } }
  }

  // Those of the conversation and those on lines, in the order of their times.
  private mutating func comments(_ pull: PullRequestWire) -> [Comment]? {
    let said = list(.comments, of: pull, isEmpty: pull.comments?.totalCount == 0) { page in
      page.comments?.nodes?.map { $0?.asComment(path: nil) }
    }
    let threads = list(.reviewThreads, of: pull, isEmpty: pull.reviewThreads?.totalCount == 0) { $0.reviewThreads?.nodes }
    guard let said, let threads, let onLines = onLines(threads, of: pull) else { return nil }
    return (said + onLines).sorted { ($0.createdAt, $0.id.rawValue) < ($1.createdAt, $1.id.rawValue) }
  }

  private mutating func onLines(_ threads: [ReviewThreadWire], of pull: PullRequestWire) -> [Comment]? {
    var comments: [Comment?] = []
    for thread in threads {
      let key = DetailItem.Key(id: thread.id, part: .threadComments)
      if let why = thread.comments?.nodes == nil ? Advice.leftOut : details.failures[key] {
        ledger.note(DetailPart.threadComments.noun, of: pull.label, why: why)
        return nil
      }
      let further = (details.pages[key] ?? []).flatMap { $0.comments?.nodes ?? [] }
      comments += ((thread.comments?.nodes ?? []) + further).map { $0?.asComment(path: thread.path) }
    }
    if comments.contains(where: { $0 == nil }) { ledger.note("some comments on lines", of: pull.label, why: Advice.unreadable) }
    return comments.compactMap(\.self)
  }

  // An incomplete list is unknown, not short; single unreadable entries are left out and noted.
  private mutating func list<Value>(
    _ part: DetailPart, of pull: PullRequestWire, isEmpty: Bool, _ values: (DetailWire) -> [Value?]?
  ) -> [Value]? {
    guard !isEmpty else { return [] }
    let key = DetailItem.Key(id: pull.id, part: part)
    if let why = details.failures[key] {
      ledger.note(part.noun, of: pull.label, why: why)
      return nil
    }
    guard let pages = details.pages[key] else { return nil }
    let all = pages.flatMap { values($0) ?? [] }
    if all.contains(where: { $0 == nil }) { ledger.note("some \(part.noun)", of: pull.label, why: Advice.unreadable) }
    return all.compactMap(\.self)
  }

  /// Maps the checks of the newest commit; `nil`, and a note, when they cannot be known.
  mutating func checks(_ pull: PullRequestWire, at index: Int) -> [Check]? {
    guard !isFirstLook else { return nil }
    guard hasChecks else { return unknownChecks(pull, Advice.tooMuchAtOnce) }
    let key = DetailItem.Key(id: pull.id, part: .checks)
    if let why = details.failures[key] { return unknownChecks(pull, why) }
    guard let rollup = pull.statusCheckRollup else {
      let error = errors.first { $0.passes("statusCheckRollup") && $0.path?.contains(.index(index)) == true }
      return error.map { unknownChecks(pull, $0.reason) } ?? []
    }
    guard let first = rollup.contexts?.nodes else { return unknownChecks(pull, Advice.leftOut) }
    let further = (details.pages[key] ?? []).flatMap { $0.statusCheckRollup?.contexts?.nodes ?? [] }
    let all = (first + further).map { $0?.asCheck }
    if all.contains(where: { $0 == nil }) { ledger.note("some checks", of: pull.label, why: Advice.unreadable) }
    return all.compactMap(\.self)
  }

  private mutating func unknownChecks(_ pull: PullRequestWire, _ why: String) -> [Check]? {
    ledger.note("checks", of: pull.label, why: why)
    return nil
  }
}

extension PullRequestWire {
  fileprivate var decision: Change.State? {
    switch state {
    case "OPEN": .open
    case "MERGED": .merged
    case "CLOSED": .closed
    default: nil
    }
  }
}
