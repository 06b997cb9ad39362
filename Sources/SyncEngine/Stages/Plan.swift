import KoalrDomain
import KoalrIntegrationProtocols

extension SyncEngine {
  /// Prices the run; `nil` when the code host cannot, which keeps nothing from being read.
  func plan(_ world: SyncWorld) async throws -> SyncPlan? {
    guard let pricing = sources.codeHost as? any SyncPricing else { return nil }
    do {
      return SyncPlan(
        discovery: pricing.discoveryPrice(repositories: world.repositories.count),
        backfill: try await lists(world, pricing) + polls(world, pricing),
        clones: sources.history == nil ? 0 : world.repositories.count(where: world.readsHistory))
    } catch let error as IntegrationError {
      observer.observe(.note("The run could not be priced: \(error)"))
      return nil
    }
  }

  /// What reading lists costs: all of them in a first run, later those where something happened since.
  private func lists(_ world: SyncWorld, _ pricing: any SyncPricing) async throws -> [PlannedCost] {
    let asked = world.earlier.isEmpty ? world.repositories : world.repositories.filter(world.readsLists)
    guard let since = asked.map(world.earliestBeginning).min() else { return [] }
    return try await pricing.price(of: asked, since: since)
  }

  /// What asking again for the checks of known open changes costs.
  private func polls(_ world: SyncWorld, _ pricing: any SyncPricing) -> [PlannedCost] {
    guard sources.items != nil else { return [] }
    let known = world.repositories.filter { world.span(.changes, of: $0) != nil }
    let open = known.reduce(0) { $0 + (world.openChanges[$1.id] ?? 0) }
    return open > 0 ? pricing.pollPrice(openChanges: open) : []
  }
}

extension SyncWorld {
  private static let lists: [SyncPart] = [.changes, .deployments, .issues]

  /// Whether something may have happened in one of a repository's lists since it was read.
  fileprivate func readsLists(of repository: Repository) -> Bool {
    Self.lists.contains { part in
      guard let span = span(part, of: repository) else { return !repository.hasNothing(of: part, since: window.since) }
      return !repository.isQuiet(part, since: beginning(span))
    }
  }

  /// From when on the first of a repository's lists is read.
  fileprivate func earliestBeginning(of repository: Repository) -> Date {
    Self.lists.map { beginning(span($0, of: repository)) }.min() ?? window.since
  }

  /// Whether commits may have come.
  fileprivate func readsHistory(of repository: Repository) -> Bool {
    guard repository.headSHA != nil else { return false }
    return repository.pushedAt.map { $0 >= beginning(span(.history, of: repository)) } ?? true
  }
}
