import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

/// Finds out what has to be asked for the events of a batch, from what the store holds: nothing that is newer there.
struct FollowPlan {
  let store: any Store
  let connection: ConnectionID
  let options: SyncOptions
  var works: [RepositoryID: RepositoryWork] = [:]
  var asksPeople = false

  init(store: any Store, connection: ConnectionID, options: SyncOptions) {
    self.store = store
    self.connection = connection
    self.options = options
  }

  mutating func add(_ followed: FollowedEvent) async throws {
    guard let id = followed.event.repository else {
      asksPeople = asksPeople || followed.event.subjects.contains(.people)
      return
    }
    var work = try await work(on: id)
    work.isRepeated = work.isRepeated || followed.isRepeated
    if !work.isNew {
      for subject in followed.event.subjects { try await plan(subject, of: followed, in: &work) }
    }
    works[id] = work
  }

  private func work(on id: RepositoryID) async throws -> RepositoryWork {
    if let work = works[id] { return work }
    let stored = try await store.record(Repository.self, id: RecordID(unchecked: id.rawValue), connection: connection)
    return RepositoryWork(id, stored: stored)
  }

  private func plan(
    _ subject: HostEvent.Subject, of followed: FollowedEvent, in work: inout RepositoryWork
  ) async throws {
    let isFirst = !followed.isRepeated
    guard options.reads(subject) else { return }
    switch subject {
    case .repository: work.asksRepository = true
    case .change(let id):
      if isFirst, try await isOlder(followed.event, than: Change.self, id: id.rawValue, version: \.updatedAt) { return }
      work.changes.insert(id)
    case .deployment(let id):
      if isFirst, try await isOlder(followed.event, than: Deployment.self, id: id.rawValue, version: \.updatedAt) { return }
      work.deployments.insert(id)
    case .ticket(let id):
      if isFirst, try await isOlder(followed.event, than: Issue.self, id: id.rawValue, version: \.updatedAt) { return }
      work.tickets.insert(id)
    case .checks(let commit):
      try await work.checks.formUnion(changes(in: work.id) { $0.headSHA == commit })
    case .branch(let name, let before, let after, let forced):
      let isDefault = work.repository?.defaultBranch.map { $0 == name } ?? true
      if isDefault {
        let isKnown = try await isKnown(after, in: work)
        guard followed.isRepeated || forced || !isKnown else { return }
        work.asksRepository = true
        work.readsHistory = work.readsHistory || forced || followed.isRepeated
      } else {
        guard options.reads(.pullRequests) else { return }
        try await work.changes.formUnion(changes(in: work.id) { $0.state == .open && $0.headSHA == before && before != nil })
      }
    case .people, .hook: break
    }
  }

  /// Whether the store holds a newer version than the event tells of. One of the same second may have been read before it.
  private func isOlder<Record: StoredRecord>(
    _ event: HostEvent, than type: Record.Type, id: String, version: (Record) -> Date
  ) async throws -> Bool {
    guard let told = event.version,
      let stored = try await store.record(type, id: RecordID(unchecked: id), connection: connection)
    else { return false }
    return version(stored) > told
  }

  /// Whether a commit was read with the head that is stored: as the head itself, or before it.
  private func isKnown(_ commit: CommitID?, in work: RepositoryWork) async throws -> Bool {
    guard let commit, let head = work.repository?.headSHA, let pushed = try await self.commit(commit, of: work.id) else {
      return false
    }
    if commit == head { return true }
    guard let newest = try await self.commit(head, of: work.id) else { return false }
    return pushed.committedAt < newest.committedAt
  }

  private func commit(_ sha: CommitID, of repository: RepositoryID) async throws -> Commit? {
    try await store.record(Commit.self, id: RecordID(unchecked: "\(repository)@\(sha)"), connection: connection)
  }

  private func changes(in repository: RepositoryID, where fits: (Change) -> Bool) async throws -> [ChangeID] {
    var found: [ChangeID] = []
    try await store.forEachPage(RecordQuery(Change.self, connection: connection, repository: repository)) { page in
      for held in page where fits(held.value) { found.append(held.value.id) }
    }
    return found
  }
}

extension SyncOptions {
  /// Whether what an event tells of is turned on.
  fileprivate func reads(_ subject: HostEvent.Subject) -> Bool {
    switch subject {
    case .change, .checks: reads(.pullRequests)
    case .ticket: reads(.tickets)
    default: true
    }
  }
}
