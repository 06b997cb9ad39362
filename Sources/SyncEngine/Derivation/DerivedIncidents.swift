import KoalrDomain

/// Incidents that the code host's own records tell of. Each says how sure its kind of evidence can be; the figures are defaults of
/// ours, not measured.
enum DerivedIncidents {
  /// A label that says incident is a person's word.
  static let labelConfidence = 0.9
  /// A failed production deployment may have been caught before it hurt.
  static let deploymentConfidence = 0.6
  /// A revert may also take back what nobody was hurt by.
  static let revertConfidence = 0.5

  /// Words in a label that make a ticket an incident.
  static let labels: Set<String> = [
    "incident", "outage", "postmortem", "post-mortem", "sev0", "sev1", "sev2", "sev-0", "sev-1", "sev-2",
  ]

  /// Returns the production deployments that failed, until the next success in the same environment.
  static func from(_ deployments: [Deployment]) -> [Incident] {
    let production = deployments.filter { isProduction($0.environment) }
    return production.compactMap { deployment in
      guard let failedAt = deployment.failedAt else { return nil }
      let mended = production.filter { $0.environment == deployment.environment }.compactMap(\.succeededAt).filter {
        $0 > failedAt
      }.min()
      return Incident(
        id: IncidentID(source: .deployment, id: deployment.id.rawValue), repositoryID: deployment.repositoryID,
        title: "Deployment of \(deployment.sha.short) to \(deployment.environment) failed", startedAt: failedAt,
        resolvedAt: mended,
        confidence: deploymentConfidence, causeSHA: deployment.sha)
    }
  }

  /// Returns the tickets whose labels say that they are incidents.
  static func from(_ issues: [Issue]) -> [Incident] {
    issues.compactMap { issue in
      guard issue.labels.contains(where: { labels.contains($0.lowercased()) }) else { return nil }
      return Incident(
        id: IncidentID(source: .issue, id: issue.id.rawValue), repositoryID: issue.repositoryID, title: issue.title,
        startedAt: issue.createdAt, resolvedAt: issue.closedAt, confidence: labelConfidence, causeSHA: nil)
    }
  }

  /// Returns the commits that were taken back, from when they were made until they were.
  static func from(_ commits: [Commit]) -> [Incident] {
    let times = Dictionary(commits.map { ($0.sha, $0.committedAt) }, uniquingKeysWith: { first, _ in first })
    return commits.compactMap { commit in
      guard let reverted = commit.reverts else { return nil }
      return Incident(
        id: IncidentID(source: .revert, id: commit.sha.rawValue), repositoryID: commit.repositoryID,
        title: "\(reverted.short) was reverted", startedAt: times[reverted] ?? commit.committedAt, resolvedAt: commit.committedAt,
        confidence: revertConfidence, causeSHA: reverted)
    }
  }

  /// Words in an environment's name that say users meet what is deployed there.
  static let productionWords: Set<Substring> = ["prod", "production", "live"]

  /// Whether users meet what is deployed there, judged by the words of the name: `eu-production`, not `products-test`.
  static func isProduction(_ environment: String) -> Bool {
    environment.lowercased().split { !$0.isLetter }.contains(where: productionWords.contains)
  }
}
