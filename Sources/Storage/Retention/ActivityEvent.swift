import KoalrDomain

/// Something that happened on a day and is counted once, whenever and however often its record comes by.
struct ActivityEvent: Sendable {
  let repository: RepositoryID?
  let day: String
  /// Tells it from all other events of its repository and day. It is stored as a fingerprint, so it must stay what it is.
  let name: String
  let add: @Sendable (inout ActivitySummary) -> Void

  /// Makes an event of the first of `times` that has a day.
  init(
    _ what: String, of id: some Identifier, in repository: RepositoryID?, at times: Date?...,
    add: @escaping @Sendable (inout ActivitySummary) -> Void
  ) {
    self.repository = repository
    day = ISO8601Time.day(times.lazy.compactMap(\.self).first(where: \.isStorable) ?? Date(timeIntervalSince1970: 0))
    name = "\(what):\(id)"
    self.add = add
  }

  var summaryID: RecordID { ActivitySummary.recordID(of: repository, on: day) }

  /// Adds it to the summary of its day, unless it is counted there already. Returns whether it was added.
  func count(in summary: inout ActivitySummary) -> Bool {
    guard summary.counted.insert(name) else { return false }
    add(&summary)
    return true
  }
}

extension Change {
  var events: [ActivityEvent] {
    guard state == .merged else {
      return [
        ActivityEvent("closed", of: id, in: repositoryID, at: closedAt, updatedAt) { $0.closedChanges.countOne() }
      ]
    }
    return [
      ActivityEvent("merged", of: id, in: repositoryID, at: mergedAt, closedAt, updatedAt) { summary in
        summary.mergedChanges.countOne()
        summary.linesAdded.add(additions ?? files?.sum(\.additions))
        summary.linesDeleted.add(deletions ?? files?.sum(\.deletions))
        summary.files.add(changedFiles ?? files?.count)
        summary.reviews.add(reviews?.count { $0.state != .pending })
        summary.leadTime.add(Int(secondsFrom: createdAt, to: mergedAt))
      }
    ]
  }
}

extension Commit {
  var events: [ActivityEvent] {
    [ActivityEvent("commit", of: sha, in: repositoryID, at: committedAt) { $0.commits.countOne() }]
  }
}

extension Deployment {
  var events: [ActivityEvent] {
    [
      ActivityEvent("deployment", of: id, in: repositoryID, at: createdAt) { summary in
        var list = summary.deployments ?? []
        let none = ActivitySummary.Deployments(environment: environment, count: 0, failed: 0)
        list.update(none, by: \.environment) { numbers in
          numbers.count.addOrSaturate(1)
          if failedAt != nil { numbers.failed.addOrSaturate(1) }
        }
        summary.deployments = list
      }
    ]
  }
}

extension Issue {
  var events: [ActivityEvent] {
    [
      ActivityEvent("opened", of: id, in: repositoryID, at: createdAt, updatedAt) { $0.issuesOpened.countOne() },
      ActivityEvent("closed issue", of: id, in: repositoryID, at: closedAt, updatedAt) { $0.issuesClosed.countOne() },
    ]
  }
}

extension Incident {
  /// None for another report of an incident that counts already.
  var events: [ActivityEvent] {
    guard sameAs == nil else { return [] }
    return [
      ActivityEvent("incident", of: id, in: repositoryID, at: startedAt) { summary in
        var list = summary.incidents ?? []
        let none = ActivitySummary.Incidents(source: source, timeToRestore: ActivitySummary.Total(sum: 0, count: 0))
        // An end before the beginning is a clock that was wrong: over at once.
        list.update(none, by: \.source.rawValue) { $0.timeToRestore.add(Int(secondsFrom: startedAt, to: resolvedAt) ?? 0) }
        summary.incidents = list
      }
    ]
  }
}

extension RiskAssessment {
  func events(with change: Change) -> [ActivityEvent] {
    let (closed, updated) = (change.closedAt, change.updatedAt)
    return [
      ActivityEvent("assessment", of: recordID, in: repositoryID, at: change.mergedAt, closed, updated) { summary in
        var list = summary.assessments ?? []
        let none = ActivitySummary.Assessments(model: model, band: band, count: 0, score: nil)
        list.update(none, by: { "\($0.model)\u{0}\($0.band?.rawValue ?? "")" }) { numbers in
          numbers.count.addOrSaturate(1)
          numbers.score.add(score)
        }
        summary.assessments = list
      }
    ]
  }
}

extension Int? {
  fileprivate mutating func countOne() {
    var number = self ?? 0
    number.addOrSaturate(1)
    self = number
  }
}

extension ActivitySummary.Total? {
  /// Adds a figure, if it is known.
  fileprivate mutating func add(_ figure: Int?) {
    guard let figure else { return }
    var total = self ?? ActivitySummary.Total(sum: 0, count: 0)
    total.add(figure)
    self = total
  }
}

extension Int {
  /// Whole seconds between two times that are known and in order.
  fileprivate init?(secondsFrom start: Date?, to end: Date?) {
    guard let start, let end, start.isStorable, end.isStorable, start <= end else { return nil }
    self = Int(end.timeIntervalSince(start).rounded())
  }
}

extension [ChangedFile] {
  /// The sum of a figure that every file knows.
  fileprivate func sum(_ figure: (ChangedFile) -> Int?) -> Int? {
    var total = ActivitySummary.Total(sum: 0, count: 0)
    for file in self { if let lines = figure(file) { total.add(lines) } }
    return total.count == count ? total.sum : nil
  }
}

extension Array {
  /// Updates the element with the same key, or adds `new` first; keeps the array in the order of the keys.
  fileprivate mutating func update<Key: Comparable>(_ new: Element, by key: (Element) -> Key, _ update: (inout Element) -> Void) {
    let index = firstIndex { key($0) >= key(new) } ?? endIndex
    if index == endIndex || key(self[index]) != key(new) { insert(new, at: index) }
    update(&self[index])
  }
}
