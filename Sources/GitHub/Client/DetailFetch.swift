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
  }

  /// Fetches everything.
  ///
  /// - Throws: `IntegrationError` when GitHub refuses the whole, `CancellationError`.
  func fetch(_ items: [DetailItem]) async throws -> Details {
    var details = Details()
    var pending = items
    var failuresInARow = 0
    var failedOnce: Set<DetailItem.Key> = []
    while !pending.isEmpty {
      let batch = Array(pending.prefix(limit.current))
      switch try await graphQL.ask(DetailQuery.make(batch), for: AliasedWire<DetailsWire>.self) {
      case .overloaded(let error):
        limit.tooMuch(batch.count)
        // One item may have met a bad moment: it is asked for once more before it is given up.
        guard batch.count == 1, !failedOnce.insert(batch[0].key).inserted else { continue }
        failuresInARow += 1
        if failuresInARow >= Self.outage { throw error }
        details.failures[batch[0].key] = Advice.tooMuchAtOnce
        pending.removeFirst()
      case .answered(let answer):
        failuresInARow = 0
        pending.removeFirst(batch.count)
        pending.insert(contentsOf: take(answer, for: batch, into: &details), at: 0)
      }
    }
    return details
  }

  // Returns what is to be asked again: further pages, and what the answer had no room for.
  private func take(
    _ answer: GraphQLAnswer<AliasedWire<DetailsWire>>, for batch: [DetailItem], into details: inout Details
  ) -> [DetailItem] {
    let found = Self.index(answer.data.values)
    let overload = answer.errors.contains(where: \.isOverload)
    if overload { limit.tooMuch(batch.count) } else { limit.answered(batch.count) }
    return batch.compactMap { item in
      guard let page = found[item.key] else {
        if overload, batch.count > 1 { return item }
        details.failures[item.key] = answer.errors.first?.reason ?? Advice.leftOut
        return nil
      }
      details.pages[item.key, default: []].append(page)
      return further(item, page, &details)
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

  private static func index(_ values: [String: DetailsWire]) -> [DetailItem.Key: DetailWire] {
    var found: [DetailItem.Key: DetailWire] = [:]
    for item in values.values.flatMap(\.items) {
      for part in DetailPart.allCases where item.holds(part) { found[.init(id: item.id, part: part)] = item }
    }
    return found
  }
}
