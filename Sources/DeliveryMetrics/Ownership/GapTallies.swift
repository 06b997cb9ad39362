import KoalrDomain

/// What happened in each place that nobody owns.
struct GapTallies {
  private let map: GapMap
  private let contributions: Contributions
  /// For each path of the contributions its file; `nil` when it is gone.
  private let fileOfPath: [Int?]
  /// For each file its place, where nobody owns it.
  private let placeOfFile: [Int?]
  private var works: [WorkTally]
  private var deployments: [Int]?
  private(set) var unownedWorkShare: Double?

  init(_ map: GapMap, _ contributions: Contributions) {
    self.map = map
    self.contributions = contributions
    fileOfPath = contributions.paths.map { map.position(of: $0) }
    var placeOfFile: [Int?] = Array(repeating: nil, count: map.paths.count)
    for (place, found) in map.places.enumerated() {
      for file in found.files { placeOfFile[file] = place }
    }
    self.placeOfFile = placeOfFile
    works = Array(repeating: WorkTally(), count: map.places.count)
    countWork()
  }

  private mutating func countWork() {
    var (all, unowned) = (0.0, 0.0)
    for work in contributions.works {
      guard let person = work.person else { continue }
      let files = contributions.paths(of: work).compactMap { fileOfPath[Int($0)] }
      all += work.weight * Double(files.count)
      unowned += work.weight * Double(files.count { map.kinds[$0] == .unowned })
      for place in Set(files.compactMap { placeOfFile[$0] }) { works[place].add(work.weight, by: person) }
    }
    if all > 0 { unownedWorkShare = unowned / all }
  }

  mutating func count(_ deliveries: Deliveries) {
    var counts = Array(repeating: 0, count: map.places.count)
    for delivery in deliveries.all {
      let paths = delivery.works.flatMap { contributions.paths(of: contributions.works[$0]) }
      let files = paths.compactMap { fileOfPath[Int($0)] } + delivery.paths.compactMap { map.position(of: $0) }
      for place in Set(files.compactMap { placeOfFile[$0] }) { counts[place] += 1 }
    }
    deployments = counts
  }

  func gap(at place: Int, _ search: LikelyOwnerSearch) -> OwnershipGap {
    let (found, work) = (map.places[place], works[place])
    return OwnershipGap(
      path: found.path, files: Array(map.paths[found.files]), isOnPurpose: found.kind == .ownerless, commits: work.commits,
      churn: work.weight, deployments: deployments?[place], contributors: work.top(5, of: contributions.people),
      likely: search.likelyOwners(of: work))
  }
}
