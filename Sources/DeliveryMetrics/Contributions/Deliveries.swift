public import KoalrDomain

/// Which changed files each deployment brought to users.
///
/// A deployment brings the commits behind it that no earlier one brought to the same environment, merged branches included. One that
/// goes back, or brings the same commit again, brings nothing. Of the first known deployment of an environment only commits of the
/// window count, which it or an unknown earlier one brought. A commit that is not on the default branch is that of a change which
/// was deployed before its merge; it brings the change's files.
public struct Deliveries: Sendable {
  /// How many deployments of the window brought something.
  public var count: Int { all.count }

  /// What one deployment brought.
  struct Delivery: Sendable {
    var works: [Int] = []
    var paths: [String] = []
  }

  let all: [Delivery]

  /// Makes them of successful deployments; others bring nothing. Costs the deployments, and the commits once for each environment.
  ///
  /// - Parameters:
  ///   - deployments: Those to environments that count, such as production, in any order.
  ///   - changes: Changes whose own commits may have been deployed.
  ///   - contributions: The commits that the deployments delivered.
  public init(
    of deployments: some Sequence<Deployment>, changes: some Sequence<Change> = [Change](), in contributions: Contributions
  ) {
    let good = deployments.compactMap { deployment in deployment.succeededAt.map { (deployment, time: $0) } }
      .filter { $0.time <= contributions.window.end }.sorted { ($0.time, $0.0.id) < ($1.time, $1.0.id) }
    let files = Dictionary(
      changes.compactMap { change in change.headSHA.map { ($0, change.files?.map(\.path) ?? []) } },
      uniquingKeysWith: { $0.count >= $1.count ? $0 : $1 })
    var walks: [String: DeliveryWalk] = [:]
    var all: [Delivery] = []
    for (deployment, time) in good {
      var delivery = Delivery()
      if let place = contributions.place(of: deployment.sha) {
        delivery.works = walks[deployment.environment, default: DeliveryWalk(contributions)].deliver(place, contributions)
      } else {
        delivery.paths = files[deployment.sha] ?? []
      }
      let isEmpty = delivery.works.isEmpty && delivery.paths.isEmpty
      if contributions.window.contains(time) && !isEmpty { all.append(delivery) }
    }
    self.all = all
  }
}

/// The commits that one environment has.
private struct DeliveryWalk {
  private var isDelivered: [Bool]

  init(_ contributions: Contributions) { isDelivered = Array(repeating: false, count: contributions.works.count) }

  /// Marks a commit and what is behind it, and returns what was not marked before.
  mutating func deliver(_ place: Int, _ contributions: Contributions) -> [Int] {
    var found: [Int] = []
    var open = [place]
    while let next = open.popLast() {
      guard !isDelivered[next] else { continue }
      isDelivered[next] = true
      found.append(next)
      open += contributions.works[next].parents.compactMap { contributions.place(of: $0) }
    }
    return found
  }
}
