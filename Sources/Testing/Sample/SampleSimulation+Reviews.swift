import KoalrCore

extension SampleSimulation {
  /// Adds reviews, comments and checks to a change that will be decided at `decision`, as far as they lie before the end.
  mutating func review(_ index: Int, by team: String, until decision: Int) {
    guard let author = changes[index].author, let opened = changes[index].createdAt else { return }
    let start = Int(opened.timeIntervalSince1970)
    let verdicts = verdicts(on: kinds[index], by: author, team)
    var reviews: [Review] = []
    for (place, verdict) in verdicts.enumerated() {
      let time = start + (decision - start) * (place + 1) / (verdicts.count + 1)
      guard time <= end else { break }
      let id = SourceID(unchecked: "PRR_\(story.name)_\(changes[index].number ?? 0)_\(place + 1)")
      reviews.append(Review(id: id, author: verdict.reviewer, state: verdict.state, submittedAt: date(time)))
    }
    changes[index].reviews = reviews
    changes[index].comments = comments(on: changes[index], after: reviews)
    changes[index].commentCount = changes[index].comments?.count
    changes[index].checks = checks(after: start)
    changes[index].updatedAt = newestTime(of: changes[index], opened)
  }

  private typealias Verdict = (reviewer: Login, state: Review.State)

  private mutating func verdicts(on kind: SampleKind, by author: Login, _ team: String) -> [Verdict] {
    let owners = people.members(of: team).filter { $0 != author }
    let others = people.everybody.filter { $0 != author && !owners.contains($0) }
    guard let owner = generator.pick(owners), let other = generator.pick(others) else { return [] }
    if generator.chance(kind == .revert ? 0.5 : author == SamplePeople.bot ? 0.35 : story.unreviewed) { return [] }
    switch generator.number(in: 0...99) {
    case 0..<52: return [(owner, .approved)]
    case 52..<66: return [(other, .approved)]
    case 66..<84: return [(owner, .changesRequested), (owner, .approved)]
    case 84..<94: return [(other, .commented), (owner, .approved)]
    case 94..<97: return [(other, .changesRequested)]
    default: return [(other, .commented)]
    }
  }

  /// One or two remarks on lines with every review that is not a plain yes.
  private mutating func comments(on change: Change, after reviews: [Review]) -> [Comment] {
    var comments: [Comment] = []
    for review in reviews where review.state != .approved {
      guard let submitted = review.submittedAt else { continue }
      for _ in 0..<generator.number(in: 1...2) {
        let id = SourceID(unchecked: "PRRC_\(story.name)_\(change.number ?? 0)_\(comments.count + 1)")
        let path = generator.pick(change.files ?? [])?.path
        comments.append(Comment(id: id, author: review.author, createdAt: submitted, path: path))
      }
    }
    return comments
  }

  private mutating func checks(after start: Int) -> [Check] {
    let names = ["build", "test"] + (story.coverage == nil ? [] : ["coverage"])
    return names.map { name in
      let time = start + generator.number(in: 240...1500)
      let conclusion = generator.chance(name == "build" ? 0.01 : 0.06) ? "failure" : "success"
      return time <= end
        ? Check(name: name, conclusion: conclusion, completedAt: date(time))
        : Check(name: name, conclusion: nil, completedAt: nil)
    }
  }

  private func newestTime(of change: Change, _ opened: Date) -> Date {
    let times = (change.reviews ?? []).compactMap(\.submittedAt) + (change.comments ?? []).map(\.createdAt)
    return (times + [opened]).max() ?? opened
  }
}
