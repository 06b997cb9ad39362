import KoalrCodeOwnersParser
import KoalrDeliveryMetrics
import KoalrDomain

extension OwnershipEvent {
  /// How many paths an event names, and how many rules its message.
  static let maximumPaths = 100
  static let maximumRules = 20

  /// A rule whose owners do little of the work.
  init(_ event: DriftEvent, in repository: RepositoryID, at now: Date) {
    self.init(
      repositoryID: repository, type: .ownersDrifted, subject: event.rule.pattern, section: event.section?.name,
      line: event.rule.line, severity: event.severity, message: event.summary, declaredOwners: event.owners.map(\.text),
      contributors: event.contributors.map { Contributor(name: $0.author.description, share: $0.share) },
      pathCount: event.files, openedAt: now)
  }

  /// A file that is not the one that was used.
  init(_ comparison: OwnershipComparison, path: String, in repository: RepositoryID, at now: Date) {
    let paths = comparison.paths
    let rules = comparison.rules.flatMap { [$0.old.map { "- \($0.words)" }, $0.new.map { "+ \($0.words)" }].compactMap(\.self) }
    let more = rules.count > Self.maximumRules ? ["… and \(rules.count - Self.maximumRules) more"] : []
    let heading = "\(path) changed since the last check: \(paths.count) known files have other owners"
    self.init(
      repositoryID: repository, type: .rulesChanged, subject: path,
      message: ([heading] + rules.prefix(Self.maximumRules) + more).joined(separator: "\n"),
      paths: Array(paths.prefix(Self.maximumPaths)), pathCount: paths.count, openedAt: now)
  }
}

extension CodeOwnersRule {
  fileprivate var words: String { ([(isExclusion ? "!" : "") + pattern] + owners.map(\.text)).joined(separator: " ") }
}
