import KoalrDomain
import KoalrIntegrationProtocols

/// Makes issues with the labels that were fetched for them.
struct IssueMapping {
  private let repository: Repository
  private let details: DetailFetch.Details
  private var ledger: GapLedger

  /// Prepares for the items of one answer.
  init(_ repository: Repository, details: DetailFetch.Details) {
    self.repository = repository
    self.details = details
    ledger = GapLedger("issues", of: repository)
  }

  /// What could not be mapped.
  var gaps: [SourceGap] { ledger.gaps }

  /// The labels, where there are any.
  static func missing(_ issue: IssueWire, in repository: Repository) -> [DetailItem] {
    guard issue.labels?.totalCount != 0 else { return [] }
    return [DetailItem(id: issue.id, part: .issueLabels, name: "\(repository.name)\(issue.label)")]
  }

  /// Maps one issue, or notes why it cannot be.
  mutating func issue(_ wire: IssueWire) -> Issue? {
    guard let id = SourceID(rawValue: wire.id), let number = wire.number, let createdAt = wire.createdAt,
      let updatedAt = wire.updatedAt, let state = wire.state.flatMap({ Issue.State(rawValue: $0.lowercased()) })
    else {
      ledger.note("", of: wire.label, why: Advice.unreadable)
      return nil
    }
    if wire.title == nil { ledger.note("title", of: wire.label, why: Advice.leftOut) }
    return Issue(
      id: id, repositoryID: repository.id, number: number, state: state, title: wire.title ?? "",
      author: wire.author?.asLogin, createdAt: createdAt, updatedAt: updatedAt, closedAt: wire.closedAt,
      labels: labels(wire), commentCount: wire.comments?.totalCount, mentions: mentions(wire))
  }

  /// What its text names; the text of an issue without labels is not asked for.
  private func mentions(_ wire: IssueWire) -> [String]? {
    let pages = details.pages[DetailItem.Key(id: wire.id, part: .issueLabels)]
    return pages?.lazy.compactMap(\.body).first.map { Mentions.find(in: wire.title, $0) }
  }

  private mutating func labels(_ wire: IssueWire) -> [String] {
    guard wire.labels?.totalCount != 0 else { return [] }
    let key = DetailItem.Key(id: wire.id, part: .issueLabels)
    if let why = details.failures[key] { ledger.note("labels", of: wire.label, why: why) }
    let all = (details.pages[key] ?? []).flatMap { $0.labels?.nodes ?? [] }.map { $0?.name }
    if all.contains(where: { $0 == nil }) { ledger.note("some labels", of: wire.label, why: Advice.unreadable) }
    return all.compactMap(\.self)
  }
}
