import KoalrCodeOwnersParser
import KoalrDeliveryMetrics
import KoalrDomain
import KoalrTesting
import Testing

/// What holds for every history.
struct DriftLawTests {
  private func drift(
    _ commits: [Commit], _ options: DriftOptions = DriftOptions(), text: String = RandomHistory.file,
    window: ContributionWindow = Sample.window
  ) -> OwnershipDrift {
    let contributions = Contributions(of: commits, window: window, directory: RandomHistory.directory)
    return OwnershipDrift(of: Sample.file(text), in: contributions, directory: RandomHistory.directory, options: options)
  }

  private func shares(_ drift: OwnershipDrift) -> [Int: Double] {
    Dictionary(uniqueKeysWithValues: drift.events.map { ($0.rule.line, $0.ownersShare) })
  }

  @Test(arguments: 0..<40) func `the order of commits does not matter`(seed: Int) {
    var history = RandomHistory(seed: seed)
    let commits = history.commits()
    let paths = Set(commits.flatMap { $0.files ?? [] }.map(\.path)).sorted()
    let deployments = (0..<4).map { Sample.deployment($0, day: -Double($0) * 20, sha: 55 - $0 * 13) }
    func gaps(_ commits: [Commit]) -> OwnershipGaps {
      let contributions = Sample.contributions(commits)
      return OwnershipGaps(of: nil, paths: paths, in: contributions, deliveries: Deliveries(of: deployments, in: contributions))
    }
    let shuffled = history.random.draw(commits.count, of: commits)
    #expect(drift(shuffled, RandomHistory.open) == drift(commits, RandomHistory.open))
    #expect(drift(shuffled) == drift(commits))
    #expect(gaps(shuffled) == gaps(commits))
  }

  @Test(arguments: 0..<20, [0.5, 4]) func `shares stay as they are when all times are stretched`(seed: Int, factor: Double) {
    var history = RandomHistory(seed: seed)
    let commits = history.commits()
    let stretched = commits.map { commit in
      var commit = commit
      commit.committedAt = Sample.now.addingTimeInterval(commit.committedAt.timeIntervalSince(Sample.now) * factor)
      return commit
    }
    let window = ContributionWindow(until: Sample.now, days: 90 * factor, halfLifeDays: 30 * factor)
    #expect(shares(drift(stretched, RandomHistory.open, window: window)) == shares(drift(commits, RandomHistory.open)))
  }

  @Test(arguments: 0..<20) func `where owners do all the work nothing has drifted`(seed: Int) {
    var history = RandomHistory(seed: seed)
    let commits = (0..<60).map { _ in history.commit(by: ["ann", "ben", "eve"][history.random.number(in: 0...2)]) }
    let drift = drift(commits, DriftOptions(minimumCommits: 1), text: "* @ann @ben @eve\n/d1/ ann@example.org @eve @ben")
    #expect(drift.events.isEmpty && drift.undecided.isEmpty && drift.rate == 0)
  }

  @Test(arguments: 0..<60) func `another commit by an owner never lowers the owners' share`(seed: Int) {
    var history = RandomHistory(seed: seed)
    let commits = history.commits()
    let owned = [
      (2, "d0/f0", "ann"), (3, "d1/f0", "joe"), (5, "d2/f0", "eve"), (5, "d2/f1", "ben"), (3, "d1/f3", "ben@example.org"),
    ]
    for (line, path, owner) in owned {
      let before = shares(drift(commits, RandomHistory.open))[line] ?? 0
      let after = shares(drift(commits + [history.commit(by: owner, [path])], RandomHistory.open))[line] ?? 0
      #expect(after >= before - 1e-12, "rule on line \(line)")
    }
  }

  @Test(arguments: 0..<20) func `bots and merges change nothing`(seed: Int) {
    var history = RandomHistory(seed: seed)
    let commits = history.commits()
    let more = (1000..<1020).flatMap { number in
      [
        Sample.commit(number, "bump[bot]", day: -1, ["d0/f0", "d1/f1", "d3/f0"]),
        Sample.commit(number + 100, "zoe", day: -1, parents: [1, 2], email: "zoe2@example.org", ["d0/f0", "d2/f1"]),
      ]
    }
    #expect(drift(commits + more, RandomHistory.open) == drift(commits, RandomHistory.open))
  }

  @Test(arguments: 0..<20) func `parts add up, and every rule is counted once`(seed: Int) {
    var history = RandomHistory(seed: seed)
    let drift = drift(history.commits(), DriftOptions(threshold: 0.3, minimumCommits: 6, contributors: 99))
    for event in drift.events {
      #expect(abs(event.contributors.reduce(0) { $0 + $1.share } - 1) < 1e-9)
      #expect(event.contributors.reduce(0) { $0 + $1.commits } == event.commits)
      #expect(event.ownersShare + event.uncertainShare < 0.3 && event.commits >= 6)
      #expect(event.since >= Sample.window.start && event.since <= Sample.window.end)
    }
    #expect(drift.events.count <= drift.decidedRules)
    #expect(drift.decidedRules + drift.undecided.count + drift.quietRules <= 5)
  }
}
