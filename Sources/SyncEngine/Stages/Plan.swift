import KoalrDomain
import KoalrIntegrationProtocols

extension SyncEngine {
  /// Prices the run; `nil` when the code host cannot, which keeps nothing from being read.
  func plan(_ world: SyncWorld) async throws -> SyncPlan? {
    guard let pricing = sources.codeHost as? any SyncPricing else { return nil }
    do {
      let active = world.repositories.filter { one in
        one.headSHA != nil && (one.pushedAt.map { $0 >= world.window.since } ?? true)
      }
      return SyncPlan(
        discovery: pricing.discoveryPrice(repositories: world.repositories.count),
        backfill: try await pricing.price(of: world.repositories, since: world.window.since),
        clones: sources.history == nil ? 0 : active.count)
    } catch let error as IntegrationError {
      observer.observe(.note("The run could not be priced: \(error)"))
      return nil
    }
  }
}
