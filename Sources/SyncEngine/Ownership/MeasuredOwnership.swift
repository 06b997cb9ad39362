import KoalrCodeOwnersParser
import KoalrDeliveryMetrics
import KoalrDomain
import KoalrRiskModel

/// Drift, gaps and health of one repository.
struct MeasuredOwnership {
  /// `nil` when the repository has no file, its text is not known, or no commits are.
  let drift: OwnershipDrift?
  /// `nil` when the text of the file or the files are not known.
  let gaps: OwnershipGaps?
  let health: OwnershipHealth
  let fileCount: Int
  private let isFileKnown: Bool

  /// - Parameter rules: The file, known to be absent where it is `nil`.
  init(rules: Evidence<CodeOwnersFile?>, work: StoredWork, options: OwnershipCheck.Options) {
    let file = rules.value ?? nil
    isFileKnown = rules.absence == nil
    fileCount = work.paths.count
    let hasWork = work.contributions.commitCount > 0
    drift = file.flatMap { file in
      hasWork
        ? OwnershipDrift(of: file, in: work.contributions, directory: work.directory, options: options.drift) : nil
    }
    gaps =
      isFileKnown && !work.paths.isEmpty
      ? OwnershipGaps(
        of: file, paths: work.paths, in: work.contributions, deliveries: work.deliveries, directory: work.directory) : nil
    let reviews = file.flatMap { file in
      work.merged.map { changes in OwnerReviews(changes.map { ReviewCompliance($0, file, work.directory) }) }
    }
    health = OwnershipHealth(gaps: gaps, drift: drift, reviews: reviews)
  }

  /// Whether it cannot be told if an event still holds, so that it is left as it is.
  func isUndecided(_ event: OwnershipEvent) -> Bool {
    guard event.type == .ownersDrifted else { return !isFileKnown }
    return !isFileKnown || drift?.undecided.contains { $0.rule.pattern == event.subject } == true
  }
}

extension ReviewCompliance {
  fileprivate init(_ change: Change, _ file: CodeOwnersFile, _ directory: OwnerDirectory) {
    self.init(
      file: file, paths: change.files?.map(\.path) ?? [], author: change.author, reviews: change.reviews ?? [],
      directory: directory)
  }
}

extension OwnershipReport {
  init(
    _ measured: MeasuredOwnership, of repository: RepositoryID, file: CodeOwnersVersion.File?, window: ContributionWindow,
    gaps limit: Int
  ) {
    let (health, gaps) = (measured.health, measured.gaps)
    self.init(
      repositoryID: repository, checkedAt: window.end, since: window.start, codeOwnersPath: file?.path, codeOwnersSHA: file?.sha,
      score: health.score, letter: health.letter?.rawValue, parts: health.parts, missing: health.missing,
      evidenceShare: health.evidenceShare, files: measured.fileCount,
      gaps: gaps?.unowned.prefix(limit).map { gap in
        Gap(path: gap.path, files: gap.files.count, commits: gap.commits, deployments: gap.deployments)
      } ?? [],
      gapCount: gaps?.files.unowned ?? 0, driftCount: measured.drift?.events.count ?? 0)
  }
}
