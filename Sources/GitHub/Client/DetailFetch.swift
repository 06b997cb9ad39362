import KoalrDomain
import KoalrIntegrationProtocols

/// Fetches lists of single items until each is complete: as many as cost one point in a call, fewer when that is too much.
struct DetailFetch: Sendable {
  let graphQL: GraphQLClient
  let limit: WorkLimit

  /// Further pages of one list than this are not read.
  static let maximumPages = 50
  /// So many single items in a row that GitHub could not answer twice are an outage, not so many bad items.
  private static let outage = 2

  /// What was found.
  struct Details: Sendable {
    fileprivate(set) var pages: [DetailItem.Key: [DetailWire]] = [:]
    /// Why a list is not complete.
    fileprivate(set) var failures: [DetailItem.Key: String] = [:]

    /// Forgets everything but what is of these items, and of the threads in them.
    mutating func keep(_ ids: Set<String>) {
      var ids = ids
      for (key, pages) in pages where key.part == .reviewThreads && ids.contains(key.id) {
        ids.formUnion(pages.flatMap { $0.reviewThreads?.nodes ?? [] }.compactMap { $0?.id })
      }
      pages = pages.filter { ids.contains($0.key.id) }
      failures = failures.filter { ids.contains($0.key.id) }
    }
  }

  /// Fetches everything.
  ///
  /// - Throws: `IntegrationError` when GitHub refuses the whole, `CancellationError`.
  func fetch(_ items: [DetailItem]) async throws -> Details {
    var details = Details()
    _ = try await fetch(items, into: &details, onlyFullCalls: false)
    return details
  }

  /// Fetches everything, or as long as there is enough for a whole call; returns what is left.
  ///
  /// - Throws: `IntegrationError` when GitHub refuses the whole, `CancellationError`.
  func fetch(_ items: [DetailItem], into details: inout Details, onlyFullCalls: Bool) async throws -> [DetailItem] {
    var pending = items
    var failuresInARow = 0
    var failedOnce: Set<DetailItem.Key> = []
    while onlyFullCalls ? fillsCall(pending) : !pending.isEmpty {
      let batch = takeBatch(from: &pending)
      let weight = batch.reduce(0) { $0 + $1.weight }
      switch try await graphQL.ask(DetailQuery.make(batch), for: AliasedWire<DetailsWire>.self) {
      case .overloaded(let error):
        limit.tooMuch(weight)
        // One item may have met a bad moment: it is asked for once more before it is given up.
        guard batch.count == 1, weight <= 2, !failedOnce.insert(batch[0].key).inserted else {
          pending.insert(contentsOf: batch.map(\.smaller), at: 0)
          continue
        }
        failuresInARow += 1
        if failuresInARow >= Self.outage { throw error }
        details.failures[batch[0].key] = Advice.tooMuchAtOnce
      case .answered(let answer):
        failuresInARow = 0
        pending.insert(contentsOf: take(answer, for: batch, into: &details), at: 0)
      }
    }
    return pending
  }

  /// Whether there is enough for a whole call.
  func fillsCall(_ items: [DetailItem]) -> Bool { items.reduce(0) { $0 + $1.weight } >= limit.current }

  // As much as one call may cost, in order but for what does not fit; at least one.
  private func takeBatch(from pending: inout [DetailItem]) -> [DetailItem] {
    var room = limit.current
    var batch: [DetailItem] = []
    var left: [DetailItem] = []
    for item in pending {
      if item.weight <= room || batch.isEmpty {
        batch.append(item)
        room -= item.weight
      } else {
        left.append(item)
      }
    }
    pending = left
    return batch
  }

  // Returns what is to be asked again: further pages, and what the answer had no room for.
  private func take(
    _ answer: GraphQLAnswer<AliasedWire<DetailsWire>>, for batch: [DetailItem], into details: inout Details
  ) -> [DetailItem] {
    let found = Self.index(answer.data.values)
    let overload = answer.errors.contains(where: \.isOverload)
    let weight = batch.reduce(0) { $0 + $1.weight }
    if overload { limit.tooMuch(weight) } else { limit.answered(weight) }
    return batch.flatMap { item in
      guard let page = found[item.key] else {
        if overload, batch.count > 1 || weight > 2 { return [item.smaller] }
        details.failures[item.key] = answer.errors.first?.reason ?? Advice.leftOut
        return []
      }
      details.pages[item.key, default: []].append(page)
      return [further(item, page, &details)].compactMap(\.self) + threads(page, of: item)
    }
  }

  private func further(_ item: DetailItem, _ page: DetailWire, _ details: inout Details) -> DetailItem? {
    guard let cursor = page.nextCursor(item.part) else { return nil }
    if cursor == item.after || item.page >= Self.maximumPages {
      details.failures[item.key] = cursor == item.after ? Advice.repeatedCursor : Advice.tooManyPages
      return nil
    }
    var next = item
    next.after = cursor
    next.page += 1
    return next
  }

  // The rest of long threads.
  private func threads(_ page: DetailWire, of item: DetailItem) -> [DetailItem] {
    guard item.part == .reviewThreads else { return [] }
    return (page.reviewThreads?.nodes ?? []).compactMap { thread in
      guard let thread, let cursor = thread.comments?.nextCursor else { return nil }
      return DetailItem(id: thread.id, part: .threadComments, after: cursor, name: item.name, page: 1)
    }
  }

  private static func index(_ values: [String: DetailsWire]) -> [DetailItem.Key: DetailWire] {
    var found: [DetailItem.Key: DetailWire] = [:]
    for item in values.values.flatMap(\.items) {
      for part in DetailPart.allCases where item.holds(part) { found[.init(id: item.id, part: part)] = item }
    }
    return found
  }
}
