import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension SyncEngine {
  /// How long after something happened to a change its checks may still come; after that, only their verdict is polled.
  private static let checksSettle: TimeInterval = 86_400

  /// Polls the checks of open changes that this run has not seen: checks move nothing else. A change that is gone is removed.
  ///
  /// Where all checks had ended a day before the earlier run, the cheap verdict over them comes first.
  func recheckOpenChanges(of repositories: [Repository], world: SyncWorld) async throws {
    guard let source = sources.items else { return }
    var polls: [CheckPoll] = []
    for repository in repositories { polls += try await checkPolls(of: repository, world: world) }
    let settled = polls.filter(\.isSettled)
    let moved = try await polls.filter { !$0.isSettled } + unconfirmed(settled, by: source)
    try await askAgain(moved.map(\.request), for: "checks of open changes", of: .changes, world: world) {
      try await source.checks(again: $0)
    } keep: { request, checks, batch in
      let id = RecordID(unchecked: request.id.rawValue)
      guard let checks else { return batch.delete(Change.self, id: id) }
      let known = try await store.record(Change.self, id: id, connection: world.connections.host)
      if let known, known.checks != checks { batch.upsert(known.with(checks: checks)) }
    }
  }

  private func checkPolls(of repository: Repository, world: SyncWorld) async throws -> [CheckPoll] {
    let settled = world.beginning(world.span(.changes, of: repository)).addingTimeInterval(-Self.checksSettle)
    return try await unseenOpenChanges(of: repository, world: world).map { change in
      CheckPoll(
        request: ItemRequest(repository: repository, id: SourceID(unchecked: change.id.rawValue)),
        verdict: change.updatedAt < settled ? change.checks?.rollup : nil)
    }
  }

  /// The polls whose known verdict the source does not confirm, for whatever reason: the checks themselves will tell.
  private func unconfirmed(_ polls: [CheckPoll], by source: any ItemSource) async throws -> [CheckPoll] {
    guard let source = source as? any CheckRollupSource else { return polls }
    var unconfirmed: [CheckPoll] = []
    var rest = polls[...]
    while !rest.isEmpty {
      try Task.checkCancellation()
      do {
        let answers = try await source.checkRollups(again: rest.map(\.request))
        guard !answers.isEmpty, answers.count <= rest.count else { break }
        for (poll, answer) in zip(rest, answers) {
          if case .success(let verdict) = answer.result, verdict == poll.verdict { continue }
          unconfirmed.append(poll)
        }
        rest = rest.dropFirst(answers.count)
      } catch let error as IntegrationError {
        observer.observe(.note("\(error); the checks of \(rest.count) open changes are read instead"))
        break
      }
    }
    return unconfirmed + rest
  }
}

/// A question for the checks of one open change.
private struct CheckPoll {
  var request: ItemRequest
  /// What the known checks say together; `nil` when they are unknown or new ones may have come.
  var verdict: CheckRollup?

  /// Whether nothing is expected to happen any more.
  var isSettled: Bool { verdict == .passing || verdict == .failing }
}

extension Change {
  /// The change with other checks and without the parts that others read, so that writing it moves nothing but the checks.
  fileprivate func with(checks: [Check]) -> Change {
    var change = self
    change.checks = checks
    (change.labels, change.files, change.reviews, change.comments) = (nil, nil, nil, nil)
    return change
  }
}
