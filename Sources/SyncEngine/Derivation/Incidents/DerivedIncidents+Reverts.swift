import KoalrDomain

extension DerivedIncidents {
  /// Returns what was taken back, from when users had it until they no longer did; without deployments from landing to landing.
  ///
  /// A commit says what it reverts by `This reverts commit …`, or by GitHub's title `Revert "…"`, as a merged change does. Several
  /// commits that take back the same are one report. None are reverts of reverts, and what was taken back before it landed.
  func fromReverts() -> [Incident] {
    let reverts = Reverts(commits: commits, changes: changes).all.filter { line.place(of: $0.by) != nil }
    // What one commit says in so many words is surer than a title that several may have.
    let spoken = Set(reverts.filter(\.isSpoken).compactMap { line.place(of: $0.by) })
    let sure = reverts.filter { $0.isSpoken || line.place(of: $0.by).map(spoken.contains) == false }
    let (older, known) = (sure.filter { line.place(of: $0.target) == nil }, sure.compactMap(placed))
    let reverting = Set(known.map(\.byPlace) + older.compactMap { line.place(of: $0.by) })
    var first: [Int: PlacedRevert] = [:]
    for revert in known where !reverting.contains(revert.place) {
      if let known = first[revert.place], known.byPlace <= revert.byPlace { continue }
      first[revert.place] = revert
    }
    return (first.values.map(incident) + fromOlder(older)).sorted { $0.id < $1.id }
  }

  /// A revert with the places of both commits; none where both landed together.
  private func placed(_ revert: Reverts.Revert) -> PlacedRevert? {
    guard let byPlace = line.place(of: revert.by), let place = line.place(of: revert.target), place < byPlace else { return nil }
    return PlacedRevert(revert: revert, place: place, byPlace: byPlace)
  }

  private struct PlacedRevert {
    var revert: Reverts.Revert
    var place: Int
    var byPlace: Int
  }

  private func incident(_ placed: PlacedRevert) -> Incident {
    let (landed, reverted) = (line.landed(placed.place), line.landed(placed.byPlace))
    let target = placed.revert.target
    guard let live = line.released(placed.place..<placed.byPlace) else {
      let confidence = rules.confidence
      return incident(
        of: target, by: placed.revert.by, startedAt: landed, resolvedAt: reverted,
        line.knowsProduction ? confidence.revertBeforeProduction : confidence.revertOfUnknownReach)
    }
    let gone = line.released(placed.byPlace..<Int.max).map { max($0, reverted) }
    let isPrompt = gone.map { $0.timeIntervalSince(reverted) <= rules.joiningHours * 3600 } ?? false
    return incident(
      of: target, by: placed.revert.by, startedAt: live, resolvedAt: isPrompt ? gone ?? reverted : reverted,
      rules.confidence.revert)
  }

  /// Reverts of commits from before the window: what they were and when they landed is not known.
  private func fromOlder(_ reverts: [Reverts.Revert]) -> [Incident] {
    var seen: Set<CommitID> = []
    return reverts.filter { !$0.restores }.compactMap { revert in
      guard let place = line.place(of: revert.by), seen.insert(revert.target).inserted else { return nil }
      let time = line.landed(place)
      return incident(
        of: revert.target, by: revert.by, startedAt: time, resolvedAt: time, rules.confidence.revertOfUnknownReach)
    }
  }

  private func incident(
    of target: CommitID, by revert: CommitID, startedAt: Date, resolvedAt: Date, _ confidence: Double
  ) -> Incident {
    Incident(
      id: IncidentID(source: .revert, id: revert.rawValue), repositoryID: repository, title: "\(target.short) was reverted",
      startedAt: min(startedAt, resolvedAt), resolvedAt: resolvedAt, confidence: confidence, causeSHA: target)
  }

  private var repository: RepositoryID? { commits.first?.repositoryID }
}

/// Everything that says it takes something back.
struct Reverts {
  struct Revert {
    /// The commit that takes it back.
    var by: CommitID
    /// The commit that is taken back.
    var target: CommitID
    /// Whether the title says that the target was a revert.
    var restores: Bool
    /// Whether a message names the commit.
    var isSpoken: Bool
  }

  private(set) var all: [Revert] = []
  private var byTitle: [String: [(time: Date, sha: CommitID)]] = [:]
  private var byNumber: [Int: CommitID] = [:]

  init(commits: [Commit], changes: [Change]) {
    let newestLast = commits.sorted { ($0.committedAt, $0.sha) < ($1.committedAt, $1.sha) }
    for commit in newestLast {
      byTitle[RevertTitle.split(commit.subject).title, default: []].append((commit.committedAt, commit.sha))
    }
    for change in changes {
      guard let merge = change.mergeSHA, let mergedAt = change.mergedAt else { continue }
      byTitle[change.title, default: []].append((mergedAt, merge))
      if let number = change.number { byNumber[number] = merge }
    }
    for commit in newestLast {
      let title = RevertTitle(commit.subject)
      guard let target = commit.reverts ?? title.flatMap({ self.target($0, before: commit.committedAt) }) else { continue }
      all.append(
        Revert(by: commit.sha, target: target, restores: title?.restores ?? false, isSpoken: commit.reverts != nil))
    }
    // A change that says so may have been merged by a commit that does not.
    for change in changes.sorted(by: { $0.id < $1.id }) {
      guard let merge = change.mergeSHA, let time = change.mergedAt, let title = RevertTitle(change.title),
        let target = target(title, before: time)
      else { continue }
      all.append(Revert(by: merge, target: target, restores: title.restores, isSpoken: false))
    }
  }

  /// What a title means: the change of its number, else the newest of that title before.
  private func target(_ title: RevertTitle, before time: Date) -> CommitID? {
    if let number = title.number, let merge = byNumber[number] { return merge }
    return byTitle[title.reverted]?.filter { $0.time < time }.max { $0.time < $1.time }?.sha
  }
}
