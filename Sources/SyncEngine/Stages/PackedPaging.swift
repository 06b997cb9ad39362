import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension SyncEngine {
  /// How many repositories' pages are asked for at once; the source answers as many as fit into one call.
  static let packedRequests = 100
  /// Failed calls in a row after which a source is taken to be out of service.
  static let failuresInARow = 4
  /// Pages of one repository after which a list is taken for endless.
  static let maximumPages = 10_000

  /// Reads a list of every repository to its end (or only the first pages), several repositories a question.
  ///
  /// Each page is written with its checkpoint. `finished` is called once for each repository, after its last page or its failure.
  func readPages<Record: StoredRecord>(
    _ part: SyncPart, of requests: [RepositoryPageRequest], world: SyncWorld, firstPageOnly: Bool = false,
    ask: ([RepositoryPageRequest]) async throws -> [RepositoryPage<Record>],
    finished: (Repository) async throws -> Void
  ) async throws {
    let connection = world.connections.host
    var waiting = requests[...]
    var pages: [RepositoryID: Int] = [:]
    var again: [RepositoryPageRequest] = []
    var failures = 0
    while !waiting.isEmpty || !again.isEmpty {
      try Task.checkCancellation()
      if waiting.isEmpty { (waiting, again) = (again[...], []) }
      let asked = Array(waiting.prefix(failures == 0 ? Self.packedRequests : 1))
      let answers: [RepositoryPage<Record>]
      do {
        answers = try await ask(asked)
        failures = 0
      } catch let error as IntegrationError {
        failures += 1
        // Alone it may succeed; alone and failing it is given up; a row of failures is an outage, and all the rest goes without.
        let givenUp = failures > Self.failuresInARow ? Array(waiting) + again : asked.count == 1 ? asked : []
        for request in givenUp {
          gaps.add(connection, "\(part.rawValue) of \(request.repository.name)", error)
          try await finished(request.repository)
        }
        waiting = waiting.dropFirst(givenUp.count)
        if failures > Self.failuresInARow { again = [] }
        continue
      }
      let byRepository = Dictionary(asked.map { ($0.repository.id, $0) }, uniquingKeysWith: { first, _ in first })
      var answered: Set<RepositoryID> = []
      for answer in answers {
        guard let request = byRepository[answer.repositoryID], answered.insert(answer.repositoryID).inserted else { continue }
        pages[answer.repositoryID, default: 0] += 1
        let next = try await keep(answer, to: request, part: part, world: world)
        if let next, !firstPageOnly, pages[answer.repositoryID, default: 0] < Self.maximumPages {
          again.append(next)
        } else {
          if next != nil, !firstPageOnly {
            gaps.add(
              connection, "\(part.rawValue) of \(request.repository.name)",
              why: "the list did not end after \(Self.maximumPages) pages")
          }
          try await finished(request.repository)
        }
      }
      guard !answered.isEmpty else {
        throw SyncError(
          description:
            "The code host answered none of \(asked.count) questions for \(part.rawValue); this is a defect of its adapter.")
      }
      waiting = asked.filter { !answered.contains($0.repository.id) } + waiting.dropFirst(asked.count)
    }
  }

  /// Writes one page with its checkpoint; returns the question for the next page.
  private func keep<Record: StoredRecord>(
    _ answer: RepositoryPage<Record>, to request: RepositoryPageRequest, part: SyncPart, world: SyncWorld
  ) async throws -> RepositoryPageRequest? {
    let connection = world.connections.host
    switch answer.result {
    case .failure(let error):
      gaps.add(connection, "\(part.rawValue) of \(request.repository.name)", error)
      return nil
    case .success(let page):
      gaps.add(connection, page.gaps)
      var batch = StoreBatch(connection: connection)
      batch.upsert(page.elements)
      let scope = request.openOnly ? "open \(part.rawValue)" : part.rawValue
      batch.checkpoint(checkpoint("\(scope)/\(request.repository.id)", after: page.next, since: request.since))
      try await store.write(batch)
      guard let next = page.next else { return nil }
      guard next != request.after else {
        gaps.add(connection, "\(part.rawValue) of \(request.repository.name)", why: "the next page led back to itself")
        return nil
      }
      var following = request
      following.after = next
      return following
    }
  }
}
