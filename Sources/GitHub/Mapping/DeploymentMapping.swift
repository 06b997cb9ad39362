import KoalrDomain
import KoalrIntegrationProtocols

/// Makes deployments, with statuses in REST's words and oldest first.
struct DeploymentMapping {
  private let repository: Repository
  private let details: DetailFetch.Details
  private var ledger: GapLedger

  /// Prepares for the items of one answer.
  init(_ repository: Repository, details: DetailFetch.Details) {
    self.repository = repository
    self.details = details
    ledger = GapLedger("deployments", of: repository)
  }

  /// What could not be mapped.
  var gaps: [SourceGap] { ledger.gaps }

  /// The statuses that did not fit on the first page, or were not given with it.
  static func missing(_ deployment: DeploymentWire, in repository: Repository) -> [DetailItem] {
    let name = "\(repository.name)\(deployment.label)"
    guard let statuses = deployment.statuses else {
      return [DetailItem(id: deployment.id, part: .deploymentStatuses, name: name)]
    }
    guard let cursor = statuses.nextCursor else { return [] }
    return [DetailItem(id: deployment.id, part: .deploymentStatuses, after: cursor, name: name, page: 1)]
  }

  /// Maps one deployment, or notes why it cannot be.
  mutating func deployment(_ wire: DeploymentWire) -> Deployment? {
    guard let id = SourceID(rawValue: wire.id), let environment = wire.environment, let createdAt = wire.createdAt,
      let sha = wire.commitOid.flatMap(CommitID.init(rawValue:))
    else {
      ledger.note("", of: wire.label, why: Advice.unreadable)
      return nil
    }
    let statuses = statuses(wire)
    let newest = statuses.map(\.createdAt).max() ?? createdAt
    return Deployment(
      id: id, repositoryID: repository.id, environment: environment, sha: sha, createdAt: createdAt,
      updatedAt: wire.updatedAt ?? max(createdAt, newest), statuses: statuses)
  }

  private mutating func statuses(_ wire: DeploymentWire) -> [DeploymentStatus] {
    let key = DetailItem.Key(id: wire.id, part: .deploymentStatuses)
    if let why = details.failures[key] { ledger.note("statuses", of: wire.label, why: why) }
    let further = (details.pages[key] ?? []).flatMap { $0.statuses?.nodes ?? [] }
    let all = ((wire.statuses?.nodes ?? []) + further).map { $0?.asStatus }
    if all.contains(where: { $0 == nil }) { ledger.note("some statuses", of: wire.label, why: Advice.unreadable) }
    return all.compactMap(\.self).reversed()
  }
}

extension DeploymentStatusWire {
  fileprivate var asStatus: DeploymentStatus? {
    guard let state, let createdAt else { return nil }
    return DeploymentStatus(state: .init(rawValue: state.lowercased()), createdAt: createdAt)
  }
}
