import KoalrCore

extension SampleSimulation {
  /// Brings a merged change to staging and then to production, where it may fail.
  mutating func deploy(_ index: Int, at time: Int) {
    guard let sha = changes[index].mergeSHA else { return }
    let size = Double(changes[index].files?.count ?? 1)
    let risk = min(0.8, kinds[index].failureRate * story.fragility * (1 + size / 60))
    let staged = start(sha, in: "staging", at: time, failing: generator.chance(risk / 3))
    guard let staged, staged.isGood, staged.time + 300 <= end else { return }
    let fails = generator.chance(risk)
    guard let live = start(sha, in: "production", at: staged.time + 300, failing: fails) else { return }
    // Some failures show only after the deployment called itself a success.
    guard !live.isGood || generator.chance(risk / 3) else { return }
    if generator.chance(0.75) { reportIncident(causedBy: index, sha, at: live.time + generator.number(in: 180...1500)) }
    if generator.chance(0.5) { schedule(.revert(index), at: live.time + generator.number(in: 1800...4200)) }
  }

  /// Records one deployment with its statuses.
  ///
  /// - Returns: when it ended and whether it was good, or `nil` when it runs still.
  private mutating func start(
    _ sha: CommitID, in environment: String, at time: Int, failing: Bool
  ) -> (time: Int, isGood: Bool)? {
    let done = time + generator.number(in: 150...700)
    let outcome: DeploymentStatus.State = failing ? (generator.chance(0.2) ? .error : .failure) : .success
    let steps: [(DeploymentStatus.State, Int)] = [(.queued, time), (.inProgress, time + 20), (outcome, done)]
    let statuses = steps.filter { $0.1 <= end }.map { DeploymentStatus(state: $0, createdAt: date($1)) }
    deployments.append(
      Deployment(
        id: SourceID(unchecked: "DE_\(story.name)_\(deployments.count + 1)"), repositoryID: story.id, environment: environment,
        sha: sha, createdAt: date(time), updatedAt: statuses.last?.createdAt ?? date(time), statuses: statuses))
    guard done <= end else { return nil }
    if !failing { replaceRunning(in: environment, at: done) }
    return (done, !failing)
  }

  private mutating func replaceRunning(in environment: String, at time: Int) {
    if let before = running[environment] {
      let over = max(date(time), deployments[before].updatedAt)
      deployments[before].statuses.append(DeploymentStatus(state: .inactive, createdAt: over))
      deployments[before].updatedAt = over
    }
    running[environment] = deployments.count - 1
  }

  /// A ticket with a label, or a page of the incident tool.
  private mutating func reportIncident(causedBy index: Int, _ sha: CommitID, at time: Int) {
    guard time <= end else { return }
    let title = "Production trouble after \"\(changes[index].title)\""
    let resolved = time + generator.number(in: 1500...18_000)
    guard story.isPaged else {
      return addTicket(title, by: author(in: story.team), at: time, closedAt: resolved, labels: ["incident", "production"])
    }
    incidents.append(
      Incident(
        id: IncidentID(source: Incident.pager, id: "\(story.name)-\(incidents.count + 1)"), repositoryID: story.id, title: title,
        startedAt: date(time), resolvedAt: resolved <= end ? date(resolved) : nil, confidence: 0.95, causeSHA: sha))
  }

  /// A ticket that has nothing to do with a deployment.
  mutating func fileTicket(at time: Int) {
    guard let area = generator.pick(story.areas), let word = generator.pick(area.words) else { return }
    let (title, label) =
      generator.pick([
        ("\(word) is slow for large accounts", "bug"), ("Let people filter \(word)", "enhancement"),
        ("\(word) shows an old value", "bug"), ("Explain \(word) in the guide", "documentation"),
      ]) ?? (word, "bug")
    let closed = time + generator.number(in: 1...40) * 86_400
    addTicket(title, by: author(in: area.team), at: time, closedAt: closed, labels: [label])
  }

  private mutating func addTicket(_ title: String, by author: Login, at time: Int, closedAt: Int, labels: [String]) {
    let number = nextNumber()
    let closed = closedAt <= end ? date(closedAt) : nil
    issues.append(
      Issue(
        id: SourceID(unchecked: "I_\(story.name)_\(number)"), repositoryID: story.id, number: number,
        state: closed == nil ? .open : .closed, title: title, author: author, createdAt: date(time),
        updatedAt: closed ?? date(time), closedAt: closed, labels: labels, commentCount: generator.number(in: 0...6)))
  }
}

extension Incident {
  /// The incident tool of the sample organisation.
  fileprivate static let pager = IncidentID.Source(rawValue: "pager")
}
