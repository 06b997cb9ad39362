import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension FollowRun {
  /// How many things are named in one question; the source answers as many as fit into one call.
  static let thingsAtOnce = 100

  // MARK: Repositories

  /// Asks for repositories with their CODEOWNERS; one that is gone leaves a tombstone.
  mutating func askRepositories(_ ids: [RepositoryID]) async throws {
    let items = follower.items
    let answers = try await answers(to: ids.sorted(), id: { SourceID(unchecked: $0.rawValue) }) {
      try await items.repositories(again: $0)
    }
    for (id, result) in answers {
      switch result {
      case .failure(let error): works[id]?.fail(error)
      case .success(nil): try await remove(id)
      case .success(let found?): try await keep(found)
      }
    }
  }

  private mutating func remove(_ id: RepositoryID) async throws {
    works[id]?.repository = nil
    var batch = StoreBatch(connection: connection)
    batch.delete(Repository.self, id: RecordID(unchecked: id.rawValue))
    batch.delete(Certificate.self, id: RecordID(unchecked: id.rawValue))
    if try await snapshot(of: id) != nil { try await batch.keep(.none, of: id, seenAt: follower.clock.now(), in: store) }
    try await store.write(batch)
  }

  /// A repository that is new is stored when all of it was read, so that a failure leaves it new.
  private mutating func keep(_ found: DiscoveredRepository) async throws {
    let repository = found.repository
    guard var work = works[repository.id], follower.options.wants(repository.name) else { return }
    var batch = StoreBatch(connection: connection)
    try await batch.keep(found.codeOwners, of: repository.id, seenAt: follower.clock.now(), in: store)
    if case .unknown(let why) = found.codeOwners { work.failure = ("CODEOWNERS of \(repository.name): \(why)", nil) }
    if !work.isNew { batch.upsert(repository) }
    if !batch.isEmpty { try await store.write(batch) }
    work.repository = repository
    work.isTouched = true
    if let head = repository.headSHA, try await !isRead(head, of: repository.id) { work.readsHistory = true }
    works[repository.id] = work
  }

  private func isRead(_ commit: CommitID, of repository: RepositoryID) async throws -> Bool {
    try await store.record(Commit.self, id: RecordID(unchecked: "\(repository)@\(commit)"), connection: connection) != nil
  }

  /// The repositories that a change was merged into by a commit that is not read yet; they are asked for again, too.
  mutating func repositoriesBehindTheirMerges() async throws -> [RepositoryID] {
    var behind: [RepositoryID] = []
    for (id, work) in works where work.isOpen {
      var isBehind = false
      for change in work.changes where !isBehind { isBehind = try await isMergeUnread(change, in: work) }
      guard isBehind else { continue }
      works[id]?.readsHistory = true
      if !work.asksRepository { behind.append(id) }
    }
    return behind
  }

  private func isMergeUnread(_ id: ChangeID, in work: RepositoryWork) async throws -> Bool {
    guard let change = try await store.record(Change.self, id: RecordID(unchecked: id.rawValue), connection: connection),
      let merge = change.mergeSHA, change.state == .merged,
      change.baseBranch == nil || change.baseBranch == work.repository?.defaultBranch
    else { return false }
    return try await !isRead(merge, of: work.id)
  }

  // MARK: Things of repositories

  /// Asks for changes, checks, deployments and tickets, each of all repositories together.
  mutating func askItems() async throws {
    try await askChanges()
    try await askChecks()
    try await askDeployments()
    try await askTickets()
  }

  private mutating func askChanges() async throws {
    let (items, engine, connection) = (follower.items, engine, connection)
    let wanted = requests { $0.changes.map(\.rawValue) }
    for (request, result) in try await answers(to: wanted, id: \.id, ask: { try await items.changes(again: $0) }) {
      try await keep(result, of: request, Change.self) { batch, change in
        let isStale = try await engine.hasOldFiles(change, connection: connection)
        if isStale { batch.delete(Change.self, id: change.recordID) }
      } newest: { repository, change in
        repository.newestChangeAt = max(repository.newestChangeAt ?? change.updatedAt, change.updatedAt)
      }
    }
  }

  private mutating func askDeployments() async throws {
    let items = follower.items
    let wanted = requests { $0.deployments.map(\.rawValue) }
    for (request, result) in try await answers(to: wanted, id: \.id, ask: { try await items.deployments(again: $0) }) {
      try await keep(result, of: request, Deployment.self) { _, _ in
      } newest: { repository, deployment in
        repository.newestDeploymentAt = max(repository.newestDeploymentAt ?? deployment.createdAt, deployment.createdAt)
        repository.newestDeploymentUpdateAt = max(
          repository.newestDeploymentUpdateAt ?? deployment.updatedAt, deployment.updatedAt)
      }
    }
  }

  private mutating func askTickets() async throws {
    let items = follower.items
    let wanted = requests { $0.tickets.map(\.rawValue) }
    for (request, result) in try await answers(to: wanted, id: \.id, ask: { try await items.issues(again: $0) }) {
      try await keep(result, of: request, Issue.self) { _, _ in
      } newest: { repository, issue in
        repository.newestIssueAt = max(repository.newestIssueAt ?? issue.updatedAt, issue.updatedAt)
      }
    }
  }

  /// The checks of a change whose other parts are not asked for.
  private mutating func askChecks() async throws {
    let items = follower.items
    let wanted = requests { $0.checks.subtracting($0.changes).map(\.rawValue) }
    for (request, result) in try await answers(to: wanted, id: \.id, ask: { try await items.checks(again: $0) }) {
      let id = request.repository.id
      switch result {
      case .failure(let error): works[id]?.fail(error)
      case .success(let checks):
        let stored = try await store.record(Change.self, id: RecordID(unchecked: request.id.rawValue), connection: connection)
        guard let checks, var change = stored else { continue }
        (change.labels, change.files, change.reviews, change.comments, change.checks) = (nil, nil, nil, nil, checks)
        var batch = StoreBatch(connection: connection)
        batch.upsert(change)
        try await store.write(batch)
        works[id]?.isTouched = true
      }
    }
  }

  /// Writes what was answered about one thing: what is gone leaves a tombstone.
  private mutating func keep<Record: StoredRecord>(
    _ result: Result<Record?, IntegrationError>, of request: ItemRequest, _ type: Record.Type,
    before: (inout StoreBatch, Record) async throws -> Void, newest: (inout Repository, Record) -> Void
  ) async throws {
    let id = request.repository.id
    var batch = StoreBatch(connection: connection)
    switch result {
    case .failure(let error):
      works[id]?.fail(error)
      return
    case .success(nil): batch.delete(type, id: RecordID(unchecked: request.id.rawValue))
    case .success(let record?):
      try await before(&batch, record)
      batch.upsert(record)
      if var repository = works[id]?.repository {
        newest(&repository, record)
        if repository != works[id]?.repository { batch.upsert(repository) }
        works[id]?.repository = repository
      }
    }
    try await store.write(batch)
    works[id]?.isTouched = true
  }

  private func requests(_ ids: (RepositoryWork) -> [String]) -> [ItemRequest] {
    works.values.filter(\.isOpen).sorted { $0.id < $1.id }.flatMap { work in
      ids(work).sorted().compactMap { id in work.repository.map { ItemRequest(repository: $0, id: SourceID(unchecked: id)) } }
    }
  }

  /// Asks until every question has its answer. When a call fails, what is still open has failed.
  private func answers<Request: Sendable, Element: Sendable>(
    to requests: [Request], id: (Request) -> SourceID, ask: ([Request]) async throws -> [ItemAnswer<Element>]
  ) async throws -> [(Request, Result<Element?, IntegrationError>)] {
    var open = requests[...]
    var answered: [(Request, Result<Element?, IntegrationError>)] = []
    while !open.isEmpty {
      try Task.checkCancellation()
      let asked = open.prefix(Self.thingsAtOnce)
      do {
        let found = Dictionary(try await ask(Array(asked)).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let now = asked.compactMap { request in found[id(request)].map { (request, $0) } }
        guard !now.isEmpty else { throw Self.unanswered(asked.count) }
        for (_, answer) in now { for gap in answer.gaps { follower.observer.observe(.note("\(gap.what): \(gap.why)")) } }
        answered += now.map { ($0.0, $0.1.result) }
        open = asked.filter { found[id($0)] == nil } + open.dropFirst(asked.count)
      } catch let error as IntegrationError {
        return answered + open.map { ($0, .failure(error)) }
      }
    }
    return answered
  }

  private static func unanswered(_ count: Int) -> SyncError {
    SyncError(description: "The code host answered none of \(count) questions for single things; a defect of its adapter.")
  }
}
