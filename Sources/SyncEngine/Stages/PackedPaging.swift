import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension SyncEngine {
  /// Reads a list of every repository to its end, several repositories a question; writes each page with its checkpoint.
  ///
  /// `finished` is called with each repository once, after its last page or its failure, and with all that one question ended at
  /// once. `resumed` are those of the requests that begin a list which an interrupted run left in the middle.
  func readPages<Record: StoredRecord>(
    _ part: SyncPart, of requests: [RepositoryPageRequest], world: SyncWorld, extent: ListExtent = .whole,
    resumed: ResumedLists = ResumedLists(),
    ask: ([RepositoryPageRequest]) async throws -> [RepositoryPage<Record>],
    finished: ([Repository]) async throws -> Void
  ) async throws {
    var list = PackedList(engine: self, world: world, part: part, extent: extent, resumed: resumed)
    var questions = PackedQuestions(requests)
    var pages: [RepositoryID: Int] = [:]
    while true {
      try Task.checkCancellation()
      let asked = questions.next()
      guard !asked.isEmpty else { return }
      let answers: [(request: RepositoryPageRequest, answer: RepositoryPage<Record>)]
      do {
        answers = list.distinct(try await ask(asked), to: asked)
      } catch let error as IntegrationError {
        var ended: [Repository] = []
        for request in questions.failed(asked) {
          if let again = list.failed(request, error) { questions.append(again) } else { ended.append(request.repository) }
        }
        try await finished(ended)
        continue
      }
      try list.refuseNone(answers.count, of: asked.count)
      questions.answered(Set(answers.map(\.request.repository.id)), of: asked)
      try await list.write(answers)
      var ended: [Repository] = []
      for (request, answer) in answers {
        let page = pages[request.repository.id, default: 0] + 1
        pages[request.repository.id] = page
        if let next = list.following(request, after: answer, page: page) {
          questions.append(next)
        } else {
          ended.append(request.repository)
        }
      }
      try await finished(ended)
    }
  }
}

/// How much of a list is read.
enum ListExtent {
  /// Everything. What fails is a gap.
  case whole
  /// The first page. What fails is none: the whole is read later, and tells.
  case firstPage
}

/// Keeps the pages of one list of many repositories.
private struct PackedList {
  let engine: SyncEngine
  let world: SyncWorld
  let part: SyncPart
  let extent: ListExtent
  var resumed: ResumedLists

  private var connection: ConnectionID { world.connections.host }

  /// The answers to what was asked, one a repository.
  func distinct<Record>(
    _ answers: [RepositoryPage<Record>], to asked: [RepositoryPageRequest]
  ) -> [(request: RepositoryPageRequest, answer: RepositoryPage<Record>)] {
    var open = Dictionary(asked.map { ($0.repository.id, $0) }, uniquingKeysWith: { first, _ in first })
    return answers.compactMap { answer in open.removeValue(forKey: answer.repositoryID).map { ($0, answer) } }
  }

  /// A source that answers nothing would be asked for ever.
  func refuseNone(_ answered: Int, of asked: Int) throws {
    guard answered == 0 else { return }
    throw SyncError(
      description: "The code host answered none of \(asked) questions for \(part.rawValue); this is a defect of its adapter.")
  }

  /// Notes what cannot be had, unless there is another way to it: returns the question for that.
  mutating func failed(_ request: RepositoryPageRequest, _ error: IntegrationError) -> RepositoryPageRequest? {
    if let again = resumed.failed(request) { return again }
    guard extent == .whole else { return nil }
    engine.gaps.add(connection, "\(part.rawValue) of \(request.repository.name)", error, in: scope(of: request))
    return nil
  }

  private func miss(_ request: RepositoryPageRequest, why: String) {
    guard extent == .whole else { return }
    engine.gaps.add(connection, "\(part.rawValue) of \(request.repository.name)", why: why, in: scope(of: request))
  }

  private func scope(of request: RepositoryPageRequest) -> SourceID {
    extent == .firstPage ? .firstLook(at: request.repository.id) : .part(part, of: request.repository.id)
  }

  /// Writes all pages of an answer, each with its checkpoint: one batch costs much less than one for each.
  func write<Record: StoredRecord>(
    _ answers: [(request: RepositoryPageRequest, answer: RepositoryPage<Record>)]
  ) async throws {
    var batch = StoreBatch(connection: connection)
    for (request, answer) in answers {
      if case .success(let page) = answer.result { try await add(page, of: request, to: &batch) }
    }
    if !batch.isEmpty { try await engine.store.write(batch) }
  }

  /// Returns the question for the next page, or for another way to a page that failed.
  mutating func following<Record: StoredRecord>(
    _ request: RepositoryPageRequest, after answer: RepositoryPage<Record>, page number: Int
  ) -> RepositoryPageRequest? {
    switch answer.result {
    case .failure(let error): return failed(request, error)
    case .success(let page):
      let next = following(request, at: page.next, after: number)
      return resumed.answered(request, isLast: next == nil) ?? next
    }
  }

  private func add<Record: StoredRecord>(
    _ page: Page<Record>, of request: RepositoryPageRequest, to batch: inout StoreBatch
  ) async throws {
    let scope = scope(of: request)
    if extent == .whole { engine.gaps.add(connection, page.gaps, in: scope) }
    for record in page.elements {
      if let change = record as? Change, try await engine.hasOldFiles(change, world: world) {
        batch.delete(Change.self, id: change.recordID)
      }
      batch.upsert(record)
      if world.hasEarlierChanges { engine.seen.insert(record.recordID) }
    }
    if !resumed.isFront(request) {
      let earlier = world.earlier[scope]
      batch.checkpoint(engine.checkpoint(scope, after: page.next, since: world.window.since, earlier: earlier))
    }
  }

  private func following(_ request: RepositoryPageRequest, at next: Cursor?, after pages: Int) -> RepositoryPageRequest? {
    guard let next, extent == .whole else { return nil }
    guard next != request.after else {
      miss(request, why: "the next page led back to itself")
      return nil
    }
    guard pages < SyncEngine.maximumPages else {
      miss(request, why: "the list did not end after \(SyncEngine.maximumPages) pages")
      return nil
    }
    var following = request
    following.after = next
    return following
  }
}
