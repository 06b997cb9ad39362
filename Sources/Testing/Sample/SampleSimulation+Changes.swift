import KoalrCore

extension SampleSimulation {
  /// Opens a change of a kind in one of the areas; an undecided one waits beyond the end.
  mutating func open(_ kind: SampleKind, at time: Int, isUndecided: Bool) {
    guard let area = generator.pick(story.areas) else { return }
    let files = files(of: kind, in: area)
    guard !files.isEmpty else { return }
    let author = kind == .dependencies ? SamplePeople.bot : author(in: area.team)
    let title = kind.title(generator.pick(area.words) ?? area.folder, &generator)
    let index = open(kind, files, by: author, title, at: time)
    let wait = generator.number(in: kind.hours) * 3600 + generator.number(in: 60...3000)
    let decision = (isUndecided ? end : Int(changes[index].createdAt?.timeIntervalSince1970 ?? 0)) + wait
    review(index, by: area.team, until: decision)
    schedule(.decide(index), at: decision)
  }

  /// Takes back a change whose deployment failed, when nobody has touched its files in a way that forbids it.
  mutating func revert(_ reverted: Int, at time: Int) {
    guard let files = changes[reverted].files, changes[reverted].mergeSHA != nil,
      files.allSatisfy(canTakeBack)
    else { return }
    let opposite = files.map { file in
      let isNew = file.status == .added
      return ChangedFile(
        path: file.path, status: isNew ? .removed : .modified, additions: file.deletions,
        deletions: isNew ? tree.lines[file.path] : file.additions)
    }
    let author = author(in: story.team)
    let index = open(.revert, opposite, by: author, "Revert \"\(changes[reverted].title)\"", at: time, reverting: reverted)
    let decision = Int(changes[index].createdAt?.timeIntervalSince1970 ?? 0) + generator.number(in: 300...1800)
    review(index, by: story.team, until: decision)
    schedule(.decide(index), at: decision)
  }

  private func canTakeBack(_ file: ChangedFile) -> Bool {
    switch file.status {
    case .added: tree.movable { $0 == file.path }.count == 1
    case .modified: tree.editable { $0 == file.path }.count == 1 && (tree.lines[file.path] ?? 0) > (file.additions ?? 0)
    case .removed, .renamed: false
    }
  }

  private mutating func open(
    _ kind: SampleKind, _ files: [ChangedFile], by author: Login, _ title: String, at time: Int, reverting: Int? = nil
  ) -> Int {
    let branch = branchCommits(files, by: author, title, at: time, reverts: reverting.flatMap { changes[$0].mergeSHA })
    let created = time + branch.count * 240
    let number = nextNumber()
    changes.append(
      Change(
        id: ChangeID(unchecked: "PR_\(story.name)_\(number)"), repositoryID: story.id, number: number, title: title,
        state: .open, author: author, createdAt: date(created), updatedAt: date(created), headSHA: branch.last?.sha,
        baseSHA: mainHead, baseBranch: "main", draft: kind == .refactor && generator.chance(0.3),
        additions: files.reduce(0) { $0 + ($1.additions ?? 0) }, deletions: files.reduce(0) { $0 + ($1.deletions ?? 0) },
        changedFiles: files.count, commentCount: 0, labels: kind.labels, files: files, reviews: [], comments: [], checks: []))
    kinds.append(kind)
    branches[number] = branch
    tree.open(files)
    measure(changes.count - 1)
    return changes.count - 1
  }

  /// One to three commits that share out the files.
  private mutating func branchCommits(
    _ files: [ChangedFile], by author: Login, _ title: String, at time: Int, reverts: CommitID?
  ) -> [Commit] {
    let count = reverts == nil ? min(files.count, generator.number(in: 1...3)) : 1
    var parent = mainHead
    return (0..<count).map { part in
      let share = Array(files[files.count * part / count..<files.count * (part + 1) / count])
      let subject = part == 0 ? title : "\(title), part \(part + 1)"
      let made = makeCommit(
        share, by: author, at: time + part * 240, subject, parents: [parent].compactMap(\.self), reverts: reverts)
      parent = made.sha
      return made
    }
  }

  /// Merges or closes a change.
  mutating func decide(_ index: Int, at time: Int) {
    var change = changes[index]
    guard let files = change.files, let number = change.number, let author = change.author else { return }
    tree.release(files)
    change.draft = false
    change.closedAt = date(time)
    change.updatedAt = date(time)
    let isGivenUp = kinds[index] != .revert && generator.chance(0.05)
    change.state = isGivenUp ? .closed : .merged
    if !isGivenUp {
      change.mergedAt = date(time)
      change.mergeSHA = merge(change, files, number, by: author, at: time)
      if generator.chance(story.deployed) { schedule(.deploy(index), at: time + generator.number(in: 600...2400)) }
    }
    changes[index] = change
    if !isGivenUp { measureMain(at: time) }
  }

  private mutating func merge(
    _ change: Change, _ files: [ChangedFile], _ number: Int, by author: Login, at time: Int
  ) -> CommitID {
    let branch = branches[number] ?? []
    switch story.merges {
    case .squash:
      return commit(files, by: author, at: time, "\(change.title) (#\(number))", reverts: branch.last?.reverts)
    case .merge:
      commits += branch
      let merger = change.reviews?.last { $0.state == .approved }?.author ?? author
      return commit(
        files, by: merger == SamplePeople.bot ? self.author(in: story.team) : merger, at: time,
        "Merge pull request #\(number) from acme/change-\(number)", merging: change.headSHA)
    }
  }
}
