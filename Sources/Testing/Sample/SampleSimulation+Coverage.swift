import KoalrCore

extension SampleSimulation {
  /// Measures the default branch at its head.
  mutating func measureMain(at time: Int) {
    guard story.coverage != nil, let mainHead else { return }
    measured.add(.init(sha: mainHead, time: date(time), files: coverage(of: tree, at: time)))
  }

  /// Measures a change at its head against its base.
  mutating func measure(_ index: Int) {
    let change = changes[index]
    guard story.coverage != nil, let number = change.number, let head = change.headSHA, let opened = change.createdAt,
      let files = change.files
    else { return }
    let time = Int(opened.timeIntervalSince1970)
    guard time + 600 <= end else { return }
    let before = coverage(of: tree, at: time)
    let after = coverage(of: tree.applying(files), at: time)
    measured.files[head] = after
    measured.changes.append(
      MeasuredChange(
        number: number, base: totals(before), head: totals(after), patch: patch(files, at: time), updatedAt: date(time + 600)))
  }

  /// What the service says in the end.
  func coverageReports() -> MockCoverageReports? {
    guard let lags = story.coverage?.lags, let report = lags ? measured.main.first : measured.main.last else { return nil }
    let totals = report.totals
    var files = measured.files
    files[report.sha] = report.files
    let newest = RepositoryCoverage(
      repositoryID: story.id, sha: report.sha, hits: totals.hits, lines: totals.lines,
      percent: totals.percent.map(SampleMeasurements.rounded), trend: measured.trend, measuredAt: report.time)
    return MockCoverageReports(newest: newest, changes: measured.changes, files: files)
  }

  private func totals(_ files: [FileCoverage]) -> CoverageTotals {
    files.reduce(CoverageTotals(hits: 0, lines: 0)) { $0 + $1.totals }
  }

  private func coverage(of tree: SampleTree, at time: Int) -> [FileCoverage] {
    tree.lines.keys.filter(isMeasured).sorted().map { path in
      let lines = max(1, (tree.lines[path] ?? 0) * 7 / 10)
      return FileCoverage(path: path, hits: Int((Double(lines) * rate(of: path, at: time)).rounded(.down)), lines: lines)
    }
  }

  private func patch(_ files: [ChangedFile], at time: Int) -> CoverageTotals {
    files.filter { isMeasured($0.path) && $0.status != .removed }.reduce(CoverageTotals(hits: 0, lines: 0)) { sum, file in
      let lines = (file.additions ?? 0) * 7 / 10
      return sum + CoverageTotals(hits: Int((Double(lines) * rate(of: file.path, at: time)).rounded(.down)), lines: lines)
    }
  }

  private func isMeasured(_ path: String) -> Bool { path.hasSuffix(".\(story.ending)") && !path.contains("/tests/") }

  /// The share of a file's lines that tests run: the repository's at that time, its folder's where one is set, and its own luck.
  private func rate(of path: String, at time: Int) -> Double {
    guard let story = story.coverage else { return 0 }
    let progress = Double(time - Self.since) / Double(Self.now - Self.since)
    let usual = story.first + (story.last - story.first) * progress
    let area = self.story.areas.first { path.hasPrefix($0.folder) }
    return min(0.99, max(0.02, (area?.covered ?? usual) + (SampleNames.fraction(path) - 0.5) * 0.3))
  }
}
