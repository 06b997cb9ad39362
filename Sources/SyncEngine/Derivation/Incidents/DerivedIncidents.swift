import KoalrDomain

/// Incidents that the code host's own records tell of, one report for each piece of evidence. Each says how sure its kind of
/// evidence can be.
struct DerivedIncidents {
  /// The sources that are derived here: what is stored of them is replaced, what others report is kept.
  static let sources: Set<IncidentID.Source> = [.deployment, .issue, .revert]

  let rules: IncidentRules
  let production: [Deployment]
  let line: DeliveryLine
  let commits: [Commit]
  let changes: [Change]

  /// Prepares for one repository; `head` is the newest commit of its default branch.
  init(rules: IncidentRules, commits: [Commit], head: CommitID?, changes: [Change], deployments: [Deployment]) {
    self.rules = rules
    production = deployments.filter { rules.isProduction($0.environment) }
    line = DeliveryLine(commits: commits, head: head, production: production)
    self.commits = commits
    self.changes = changes
  }

  /// Returns the production deployments that failed, until the next success in the same environment.
  func fromDeployments() -> [Incident] {
    let successes = Dictionary(grouping: production.filter { $0.succeededAt != nil }, by: \.environment)
    return production.compactMap { deployment in
      guard let failedAt = deployment.failedAt else { return nil }
      let later = (successes[deployment.environment] ?? []).filter { ($0.succeededAt ?? failedAt) > failedAt }
      return Incident(
        id: IncidentID(source: .deployment, id: deployment.id.rawValue), repositoryID: deployment.repositoryID,
        title: "Deployment of \(deployment.sha.short) to \(deployment.environment) failed", startedAt: failedAt,
        resolvedAt: later.compactMap(\.succeededAt).min(), confidence: confidence(of: deployment, failedAt, later),
        causeSHA: deployment.sha)
    }
  }

  private func confidence(of deployment: Deployment, _ failedAt: Date, _ later: [Deployment]) -> Double {
    if let good = deployment.succeededAt, good < failedAt { return rules.confidence.failureAfterSuccess }
    let isError = !deployment.statuses.contains { $0.state == .failure }
    let isRetried = later.contains { other in
      guard other.sha == deployment.sha, let good = other.succeededAt else { return false }
      return good.timeIntervalSince(failedAt) <= rules.retryMinutes * 60
    }
    return isError || isRetried ? rules.confidence.failedAttempt : rules.confidence.failure
  }

  /// Returns the tickets whose labels say that they are incidents, with the commit that they name.
  func from(_ issues: [Issue]) -> [Incident] {
    let tickets = issues.filter { $0.labels.contains(where: rules.isIncident) }
    let names = CommitNames(commits: commits.map(\.sha) + production.map(\.sha), changes: changes)
    return tickets.map { issue in
      Incident(
        id: IncidentID(source: .issue, id: issue.id.rawValue), repositoryID: issue.repositoryID, title: issue.title,
        startedAt: issue.createdAt, resolvedAt: issue.closedAt, confidence: rules.confidence.label,
        causeSHA: names.first(of: issue.mentions ?? Mentions.find(in: issue.title)))
    }
  }
}

/// Finds the commits that people mean.
struct CommitNames {
  private let commits: [CommitID]
  private let merges: [String: CommitID]

  init(commits: [CommitID], changes: [Change]) {
    self.commits = Set(commits).sorted()
    let numbered = changes.compactMap { change -> (String, CommitID)? in
      guard let number = change.number, let merge = change.mergeSHA else { return nil }
      return ("#\(number)", merge)
    }
    merges = Dictionary(numbered, uniquingKeysWith: { first, _ in first })
  }

  /// Returns the first commit that is named: a commit by its digits, before a merged change by its number.
  func first(of mentions: [String]) -> CommitID? {
    mentions.lazy.compactMap(commit).first ?? mentions.lazy.compactMap { merges[$0] }.first
  }

  /// The only commit that begins so, by halving the sorted list.
  private func commit(_ digits: String) -> CommitID? {
    guard !digits.hasPrefix("#") else { return nil }
    var range = commits.indices
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      range = commits[middle].rawValue < digits ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
    }
    let found = commits[range.lowerBound...].prefix(2).filter { $0.rawValue.hasPrefix(digits) }
    return found.count == 1 ? found.first : nil
  }
}
