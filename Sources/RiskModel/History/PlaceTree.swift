import KoalrDomain

/// The files and folders of a repository with what happened to them.
struct PlaceTree: Sendable {
  private typealias Index = Int32

  private struct Place: Sendable {
    var path: String
    var parent: Index
    var commits = 0
    var failures = 0
    var churn = DecayingCount()
    var work = DecayingCount()
    var broken = DecayingCount()
    var authors: [(id: AuthorDirectory.AuthorID, commits: Int32)] = []
    /// The last event counted here, so that one commit counts once for a folder however many files it has there.
    var lastEvent = 0
  }

  private let decay: HistoryDecay
  private var places = [Place(path: "", parent: -1)]
  private var indexOfPath: [String: Index] = [:]
  private var events = 0

  init(decay: HistoryDecay) { self.decay = decay }

  mutating func record(_ files: [ChangedFile], by author: AuthorDirectory.AuthorID?, at time: Date) {
    events += 1
    countWork(at: 0, time)
    for file in files {
      if file.status == .renamed, let old = file.previousPath { move(old, to: file.path) }
      let index = place(for: file.path)
      guard places[Int(index)].lastEvent != events else { continue }
      places[Int(index)].churn.add(1, at: time, halfLifeDays: decay.churnHalfLifeDays)
      if let author { countAuthor(author, at: index) }
      forEachUncounted(from: index) { $0.countWork(at: $1, time) }
    }
  }

  mutating func recordFailure(paths: [String], at time: Date) {
    events += 1
    countFailure(at: 0, time)
    for path in paths {
      forEachUncounted(from: place(for: path)) { $0.countFailure(at: $1, time) }
    }
  }

  func history(of file: ChangedFile, by author: AuthorDirectory.Person?, at time: Date) -> FileHistory {
    guard let index = index(of: file) else {
      return FileHistory(
        path: file.path, isNew: file.status == .added, commits: 0, authorCommits: author.map { _ in 0 }, recentCommits: 0)
    }
    let place = places[Int(index)]
    return FileHistory(
      path: file.path, isNew: file.status == .added && place.commits == 0, commits: place.commits,
      authorCommits: author.map { person in
        place.authors.reduce(0) { person.ids.contains($1.id) ? $0 + Int($1.commits) : $0 }
      },
      recentCommits: place.churn.value(at: time, halfLifeDays: decay.churnHalfLifeDays))
  }

  /// Returns the figures of the place with the highest rate among the files and the folders they are in.
  func worstFailures(of files: [ChangedFile], at time: Date) -> AreaFailures {
    var rates: [Index: Double] = [:]
    var worst: (index: Index, rate: Double) = (0, rate(of: 0, at: time, known: &rates))
    for file in files {
      guard let index = deepestKnown(file) else { continue }
      let own = rate(of: index, at: time, known: &rates)
      if own > worst.rate { worst = (index, own) }
    }
    let place = places[Int(worst.index)]
    return AreaFailures(
      place: place.path, failures: place.failures, commits: place.commits, repositoryFailures: places[0].failures,
      repositoryCommits: places[0].commits, rate: worst.rate)
  }
}

extension PlaceTree {
  /// The posterior mean of a Beta prior whose mean is the rate of the folder above.
  private func rate(of index: Index, at time: Date, known: inout [Index: Double]) -> Double {
    var chain: [Index] = []
    var current = index
    while current >= 0, known[current] == nil {
      chain.append(current)
      current = places[Int(current)].parent
    }
    var rate = known[current] ?? decay.priorFailureRate
    for step in chain.reversed() {
      let place = places[Int(step)]
      let work = place.work.value(at: time, halfLifeDays: decay.failureHalfLifeDays)
      let broken = place.broken.value(at: time, halfLifeDays: decay.failureHalfLifeDays)
      rate = min(1, (broken + decay.priorCommits * rate) / (max(work, broken) + decay.priorCommits))
      known[step] = rate
    }
    return rate
  }

  private func index(of file: ChangedFile) -> Index? {
    indexOfPath[file.path] ?? file.previousPath.flatMap { indexOfPath[$0] }
  }

  private func deepestKnown(_ file: ChangedFile) -> Index? {
    index(of: file) ?? Self.folders(of: file.path).lazy.compactMap { indexOfPath[$0] }.first
  }

  private mutating func place(for path: String) -> Index {
    if let index = indexOfPath[path] { return index }
    var unknown = [path]
    var parent: Index = 0
    for folder in Self.folders(of: path) {
      if let index = indexOfPath[folder] {
        parent = index
        break
      }
      unknown.append(folder)
    }
    for path in unknown.reversed() where places.count < HistoryIndex.maximumPaths {
      places.append(Place(path: path, parent: parent))
      parent = Index(places.count - 1)
      indexOfPath[path] = parent
    }
    return parent
  }

  private mutating func move(_ old: String, to new: String) {
    guard old != new, let from = indexOfPath[old] else { return }
    let to = place(for: new)
    guard places[Int(to)].path == new else { return }
    let source = places[Int(from)]
    places[Int(to)] = Place(
      path: new, parent: places[Int(to)].parent, commits: source.commits, failures: source.failures, churn: source.churn,
      work: source.work, broken: source.broken, authors: source.authors, lastEvent: source.lastEvent)
    indexOfPath[old] = nil
  }

  private mutating func forEachUncounted(from index: Index, _ count: (inout Self, Index) -> Void) {
    var current = index
    while current > 0, places[Int(current)].lastEvent != events {
      places[Int(current)].lastEvent = events
      count(&self, current)
      current = places[Int(current)].parent
    }
  }

  private mutating func countWork(at index: Index, _ time: Date) {
    places[Int(index)].commits += 1
    places[Int(index)].work.add(1, at: time, halfLifeDays: decay.failureHalfLifeDays)
  }

  private mutating func countFailure(at index: Index, _ time: Date) {
    places[Int(index)].failures += 1
    places[Int(index)].broken.add(1, at: time, halfLifeDays: decay.failureHalfLifeDays)
  }

  private mutating func countAuthor(_ author: AuthorDirectory.AuthorID, at index: Index) {
    let position = Int(index)
    if let known = places[position].authors.firstIndex(where: { $0.id == author }) {
      places[position].authors[known].commits += 1
    } else if places[position].authors.count < HistoryIndex.maximumAuthorsPerFile {
      places[position].authors.append((author, 1))
    }
  }

  /// The folders a path lies in, the deepest first, each with a slash at its end.
  private static func folders(of path: String) -> [String] {
    let slashes = path.utf8.indices.lazy.filter { path.utf8[$0] == UInt8(ascii: "/") }
    return slashes.prefix(HistoryIndex.maximumFolderDepth).map { String(path[...$0]) }.reversed()
  }
}
