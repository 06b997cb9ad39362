import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension SyncEngine {
  /// How many things are asked for at once; the source answers as many as fit into one call.
  private static let mostItems = 500

  /// Asks for single things of many repositories, and keeps each call's answers in one batch.
  ///
  /// What fails is a gap of its part, whose checkpoint says so then: the next run has to ask for all of it again.
  func askAgain<Element>(
    _ requests: [ItemRequest], for what: String, of part: SyncPart, world: SyncWorld,
    ask: ([ItemRequest]) async throws -> [ItemAnswer<Element>],
    keep: (ItemRequest, Element?, inout StoreBatch) async throws -> Void
  ) async throws {
    let connection = world.connections.host
    var rest = requests[...]
    while !rest.isEmpty {
      try Task.checkCancellation()
      let asked = Array(rest.prefix(Self.mostItems))
      var batch = StoreBatch(connection: connection)
      do {
        let answers = try await ask(asked)
        guard !answers.isEmpty, answers.count <= asked.count else { throw Self.isNoAnswer(what) }
        for (request, answer) in zip(asked, answers) {
          let scope = SourceID.part(part, of: request.repository.id)
          gaps.add(connection, answer.gaps, in: scope)
          switch answer.result {
          case .success(let element): try await keep(request, element, &batch)
          case .failure(let error): miss([request], what, error, of: part, world, &batch)
          }
        }
        rest = rest.dropFirst(answers.count)
      } catch let error as IntegrationError {
        miss(Array(rest), what, error, of: part, world, &batch)
        rest = []
      }
      if !batch.isEmpty { try await store.write(batch) }
    }
  }

  private static func isNoAnswer(_ what: String) -> SyncError {
    SyncError(description: "The code host did not answer the questions for \(what); this is a defect of its adapter.")
  }

  private func miss(
    _ requests: [ItemRequest], _ what: String, _ error: IntegrationError, of part: SyncPart, _ world: SyncWorld,
    _ batch: inout StoreBatch
  ) {
    var repositories: Set<RepositoryID> = []
    for request in requests where repositories.insert(request.repository.id).inserted {
      let scope = SourceID.part(part, of: request.repository.id)
      gaps.add(world.connections.host, "\(what) of \(request.repository.name)", error, in: scope)
      batch.checkpoint(checkpoint(scope, after: nil, since: world.window.since, earlier: world.earlier[scope]))
    }
  }
}
