import KoalrCore

extension SampleSimulation {
  /// The files that were there before the window: a first commit, then one for each area.
  mutating func layFoundation() {
    let start = Self.since - generator.number(in: 500...900) * 86_400
    let common = ["README.md", "CHANGELOG.md", "manifest.toml", "manifest.lock"] + (codeOwnersPath.map { [$0] } ?? [])
    commit(common.map { added($0) }, by: author(in: story.team), at: start, "Begin")
    for (index, area) in story.areas.enumerated() {
      let paths = area.words.flatMap { word in
        ["", "_model", "_store"].map { "\(area.folder)/\(word)\($0).\(story.ending)" }
          + ["\(area.folder)/tests/\(word)_test.\(story.ending)"]
      }
      let time = start + (index + 1) * 86_400 * generator.number(in: 20...60)
      let files = paths.map { added($0) }
      commit(files, by: author(in: area.team), at: max(time, lastCommitTime + 60), "Add \(area.words[0])")
    }
  }

  /// A commit made on the default branch without a change: a release.
  mutating func release(at time: Int) {
    let files = ["CHANGELOG.md", "manifest.toml"].map { edited($0, lines: 1...9) }
    let version = "\(time / 86_400 % 7 + 1).\(time / 86_400 % 11).0"
    commit(files, by: author(in: story.team), at: max(time, lastCommitTime + 60), "Prepare release \(version)")
  }

  /// Adds a commit on top of the default branch.
  @discardableResult mutating func commit(
    _ files: [ChangedFile], by author: Login, at time: Int, _ subject: String, merging branch: CommitID? = nil,
    reverts: CommitID? = nil
  ) -> CommitID {
    let made = makeCommit(
      files, by: author, at: time, subject, parents: [mainHead, branch].compactMap(\.self), reverts: reverts)
    commits.append(made)
    mainHead = made.sha
    tree.apply(files)
    return made.sha
  }

  func makeCommit(
    _ files: [ChangedFile], by author: Login, at time: Int, _ subject: String, parents: [CommitID], reverts: CommitID? = nil
  ) -> Commit {
    let (name, email) = people.signature(of: author)
    return Commit(
      sha: SampleNames.sha(story.name, "\(time)", subject, parents.map(\.rawValue).joined()), repositoryID: story.id,
      author: author, authorName: name, authorEmail: email, committedAt: date(time), parents: parents, subject: subject,
      reverts: reverts, files: files)
  }

  private var lastCommitTime: Int { Int(commits.last?.committedAt.timeIntervalSince1970 ?? 0) }

  // MARK: Files

  mutating func added(_ path: String, lines: ClosedRange<Int> = 30...320) -> ChangedFile {
    ChangedFile(path: path, status: .added, additions: generator.number(in: lines), deletions: 0)
  }

  mutating func edited(_ path: String, lines: ClosedRange<Int>) -> ChangedFile {
    let additions = generator.number(in: lines)
    // Never more than half of what is there, so that changes beside each other cannot empty a file.
    let deletions = min(generator.number(in: 0...lines.upperBound) / 2, (tree.lines[path] ?? 0) / 2)
    return ChangedFile(path: path, status: .modified, additions: additions, deletions: deletions)
  }

  // MARK: People

  /// One member of a team, the first ones more often: areas have people who know them.
  mutating func author(in team: String) -> Login {
    let members = generator.chance(0.88) ? people.members(of: team) : people.everybody
    let place = min(generator.number(in: 0...members.count - 1), generator.number(in: 0...members.count - 1))
    return members[place]
  }

  var codeOwnersPath: String? {
    switch story.codeOwners {
    case .none: nil
    case .at(let path), .broken(let path): path
    }
  }
}
