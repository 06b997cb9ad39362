import KoalrDomain

/// The ids of the newest deliveries, as many as fit.
struct RecentDeliveries {
  private var ids: Set<SourceID> = []
  private var order: [SourceID] = []
  private var oldest = 0
  private let capacity: Int

  init(capacity: Int) { self.capacity = capacity }

  /// Remembers an id and forgets the oldest one when there is no room; returns whether it is new.
  mutating func insert(_ id: SourceID) -> Bool {
    guard ids.insert(id).inserted else { return false }
    if order.count < capacity {
      order.append(id)
    } else {
      ids.remove(order[oldest])
      order[oldest] = id
      oldest = (oldest + 1) % capacity
    }
    return true
  }

  /// Forgets an id, so that it is new again. Its place stays taken until it is the oldest; should the id come back meanwhile, it
  /// is forgotten then, too early by one round.
  mutating func remove(_ id: SourceID) { ids.remove(id) }
}
