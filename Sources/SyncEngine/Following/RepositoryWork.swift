import KoalrDomain
import KoalrIntegrationProtocols

/// What the events of a batch ask for in one repository, joined: each thing once, however many events name it.
struct RepositoryWork {
  let id: RepositoryID
  /// The repository as it is stored, or as it was just read; `nil` when it is not known, or gone.
  var repository: Repository?
  /// Whether the store did not know it, so that all of it has to be read.
  var isNew: Bool
  /// Whether to ask for the repository itself and its CODEOWNERS.
  var asksRepository = false
  /// Whether to read its commits.
  var readsHistory = false
  var changes: Set<ChangeID> = []
  /// Changes of which only the checks are to be asked.
  var checks: Set<ChangeID> = []
  var deployments: Set<SourceID> = []
  var tickets: Set<SourceID> = []
  /// Whether an earlier attempt may have stopped before the scores.
  var isRepeated = false
  /// Whether anything of it was written.
  var isTouched = false
  /// Why it could not be followed, and how long the service asks to wait.
  var failure: (reason: String, wait: Duration?)?

  init(_ id: RepositoryID, stored repository: Repository?) {
    self.id = id
    self.repository = repository
    isNew = repository == nil
    asksRepository = isNew
  }

  /// Whether nothing has to be asked.
  var isEmpty: Bool {
    !asksRepository && !readsHistory && changes.isEmpty && checks.isEmpty && deployments.isEmpty && tickets.isEmpty
  }

  /// Whether single things of it are to be asked: it is there, and nothing failed.
  var isOpen: Bool { repository != nil && !isNew && failure == nil }

  mutating func fail(_ error: any Error) {
    guard failure == nil else { return }
    failure = FollowOutcome.failure(of: error)
  }
}

extension FollowOutcome {
  /// An error in words for the queue, and how long to wait.
  static func failure(of error: any Error) -> (reason: String, wait: Duration?) {
    if error is CancellationError { return ("the follower was stopped", .zero) }
    guard let error = error as? IntegrationError else { return (String(describing: error), nil) }
    if case .after(let wait) = error.retry { return (error.description, wait) }
    return (error.description, nil)
  }
}
