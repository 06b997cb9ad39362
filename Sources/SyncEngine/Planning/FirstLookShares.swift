import KoalrDomain

/// How many open changes of each repository are looked at before the window is read.
///
/// Where changes are touched alike in all repositories, the newest of all are spread like the open ones, so that each repository has
/// its share of them; rounded so that the shares add up (the largest remainders first). Each has at least one.
struct FirstLookShares {
  private let shares: [RepositoryID: Int]

  /// - Parameters:
  ///   - repositories: those that are looked at, the one that counts most first.
  ///   - open: how many changes each has open; one that is not in it may have any number.
  ///   - most: how many changes are looked at together.
  init(_ repositories: [RepositoryID], open: [RepositoryID: Int], most: Int) {
    let known = repositories.compactMap { open[$0] }
    let usual = known.isEmpty ? most : (known.reduce(0, +) + known.count - 1) / known.count
    let counts = repositories.map { max(1, open[$0] ?? usual) }
    // One each is given; the rest is what is shared.
    let wanted = counts.reduce(0) { $0 + $1 - 1 }
    let room = min(wanted, max(0, most - repositories.count))
    var sizes = counts.map { wanted == 0 ? 1 : 1 + ($0 - 1) * room / wanted }
    let left = room - sizes.reduce(0) { $0 + $1 - 1 }
    let remainders = counts.indices.sorted { one, other in
      let (first, second) = ((counts[one] - 1) * room % max(1, wanted), (counts[other] - 1) * room % max(1, wanted))
      return (second, one) < (first, other)
    }
    for index in remainders.prefix(left) { sizes[index] += 1 }
    shares = Dictionary(zip(repositories, sizes), uniquingKeysWith: { first, _ in first })
  }

  /// How many of a repository's open changes are looked at.
  subscript(repository: RepositoryID) -> Int { shares[repository] ?? 1 }
}
