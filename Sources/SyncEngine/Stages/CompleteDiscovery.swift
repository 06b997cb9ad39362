import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension SyncEngine {
  /// Asks for what a brief discovery left out: when something in each repository was touched last.
  ///
  /// What cannot be told stays unknown. Nothing is missing for that: what may have happened is read.
  func completeDiscovery(_ world: SyncWorld) async throws -> SyncWorld {
    guard world.isBrief, let source = sources.codeHost as? any QuickDiscovery else { return world }
    var complete: [Repository] = []
    do {
      while complete.count < world.repositories.count {
        try Task.checkCancellation()
        let rest = Array(world.repositories[complete.count...])
        let answers = try await source.adding(timesTo: rest, since: world.window.since)
        guard !answers.isEmpty, answers.map(\.id) == rest.prefix(answers.count).map(\.id) else {
          throw SyncError(
            description: "The code host mixed up the times of \(rest.count) repositories; this is a defect of its adapter.")
        }
        var batch = StoreBatch(connection: world.connections.host)
        batch.upsert(answers)
        try await store.write(batch)
        complete += answers
      }
    } catch let error as IntegrationError {
      observer.observe(.note("When something was touched last is unknown of some repositories: \(error)"))
    }
    var world = world
    world.repositories.replaceSubrange(..<complete.count, with: complete)
    world.isBrief = false
    return world
  }
}
