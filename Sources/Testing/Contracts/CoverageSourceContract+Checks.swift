import KoalrCore

extension CoverageSourceContract {
  func checkListsOnce(_ source: any CoverageSource) async throws {
    let promise = Promise.listsOnce.rawValue
    let pages = try await ContractCheck.pages(promise) { try await source.measuredRepositories(after: $0) }
    try ContractCheck.unique(promise, pages.flatMap(\.elements).map(\.name.rawValue))
  }

  func checkUnknownIsAbsent(_ source: any CoverageSource) async throws {
    do {
      let coverage = try await source.coverage(of: unknown, trendSince: since, now: now)
      try require(coverage == nil, .unknownIsAbsent, "\(unknown.name) has coverage.")
      let changes = try await source.changeCoverage(in: unknown, since: since, after: nil)
      try require(changes.elements.isEmpty, .unknownIsAbsent, "\(unknown.name) has changes.")
      let sha = CommitID(unchecked: String(repeating: "0", count: 40))
      let files = try await source.fileCoverage(in: repository, at: sha)
      try require(files == nil, .unknownIsAbsent, "A commit that does not exist has files.")
    } catch let error as IntegrationError where error.code == .notFound {
      throw BrokenPromise(Promise.unknownIsAbsent.rawValue, "It threw: \(error)")
    }
  }

  func checkTrend(_ source: any CoverageSource) async throws {
    let days = try await source.coverage(of: repository, trendSince: since, now: now)?.trend?.map(\.day) ?? []
    for (before, after) in zip(days, days.dropFirst()) {
      try require(before < after, .trendIsADayEach, "\(after) comes after \(before).")
    }
    for day in days {
      let isWithin = day >= ISO8601Time.day(since) && day <= ISO8601Time.day(now)
      try require(isWithin, .trendIsADayEach, "\(day) was not asked for.")
    }
  }

  func checkChangesComeOnce(_ source: any CoverageSource) async throws {
    let changes = try await changePages(source).flatMap(\.elements)
    try ContractCheck.unique(Promise.changesComeOnce.rawValue, changes.map { "#\($0.number)" })
  }

  func checkChangesEndAtSince(_ source: any CoverageSource) async throws {
    for (place, page) in try await changePages(source).enumerated() where !page.elements.isEmpty {
      let isOver = page.elements.allSatisfy { ($0.updatedAt ?? .distantFuture) < since }
      try require(!isOver || page.next == nil, .changesEndAtSince, "Page \(place + 1) has a next one.")
    }
  }

  func checkFigures(_ source: any CoverageSource) async throws {
    for file in try await files(source) {
      try require(
        file.hits >= 0 && file.hits <= file.lines, .figuresArePossible,
        "\(file.path) has \(file.lines) lines and \(file.hits) hits.")
    }
    for change in try await changePages(source).flatMap(\.elements) {
      for totals in [change.base, change.head, change.patch].compactMap(\.self) {
        try require(
          totals.hits >= 0 && totals.hits <= totals.lines, .figuresArePossible,
          "#\(change.number) has \(totals.lines) lines and \(totals.hits) hits.")
      }
    }
  }

  func checkCancels(_ source: any CoverageSource) async throws {
    let (repository, since, now) = (repository, since, now)
    let calls: [@Sendable () async throws -> Void] = [
      { _ = try await source.testConnection() }, { _ = try await source.measuredRepositories(after: nil) },
      { _ = try await source.coverage(of: repository, trendSince: since, now: now) },
      { _ = try await source.changeCoverage(in: repository, since: since, after: nil) },
    ]
    for call in calls { try await ContractCheck.cancelled(Promise.cancels.rawValue, call) }
  }

  func files(_ source: any CoverageSource) async throws -> [FileCoverage] {
    guard let sha = try await source.coverage(of: repository, trendSince: since, now: now)?.sha else { return [] }
    return try await source.fileCoverage(in: repository, at: sha) ?? []
  }

  private func changePages(_ source: any CoverageSource) async throws -> [Page<MeasuredChange>] {
    try await ContractCheck.pages(Promise.changesComeOnce.rawValue) {
      try await source.changeCoverage(in: repository, since: since, after: $0)
    }
  }

  private func require(_ isKept: Bool, _ promise: Promise, _ detail: @autoclosure () -> String) throws {
    try ContractCheck.require(isKept, promise.rawValue, detail())
  }
}
