/// A CODEOWNERS file without rules that match no file, with the owners that drift and gaps ask for, and every other byte as it
/// was.
///
/// ```swift
/// let repair = CodeOwnersRepair(of: file, paths: paths, suggestions: [.init(.paths(["new/a.swift"]), owners: [.team("@acme/api")])])
/// print(repair.diff(path: ".github/CODEOWNERS").text)     // for git apply
/// repair.effect.paths                                     // ["new/a.swift"]
/// ```
public struct CodeOwnersRepair: Sendable {
  /// The repaired file.
  public let file: CodeOwnersFile
  /// What it changes: by rule, and for the given paths. No file changes owners but those of the suggestions.
  public let effect: OwnershipComparison
  /// What could not be done, in the order of the suggestions.
  public let unmet: [UnmetSuggestion]
  /// Rules that match no file and stay all the same: without them their section would be optional, or would not be any more.
  public let keptDeadRules: [CodeOwnersRule]
  private let script: LineScript

  /// Repairs a file. Costs its lines, and a few look-ups for each path.
  ///
  /// New rules for files come last, where they decide; in a file with sections they come last before the first header, because
  /// they belong to no section.
  ///
  /// - Parameters:
  ///   - file: The file to repair.
  ///   - paths: All files of the repository.
  ///   - suggestions: Who should own what. Of two for one rule or file the first counts.
  ///   - removesDeadRules: Whether rules that match none of the files are removed.
  public init(
    of file: CodeOwnersFile, paths: some Sequence<String>, suggestions: [OwnerSuggestion] = [], removesDeadRules: Bool = true
  ) {
    var plan = RepairPlan(file: file, paths: paths)
    if removesDeadRules { plan.removeDeadRules() }
    for suggestion in suggestions { plan.follow(suggestion) }
    let parser = CodeOwnersParser(dialect: file.dialect)
    plan.withdrawMissed(from: parser.parse(bytes: plan.script.result))
    script = plan.script
    self.file = parser.parse(bytes: script.result)
    effect = OwnershipComparison(from: file, to: self.file, paths: plan.paths)
    unmet = plan.unmet(in: suggestions)
    keptDeadRules = plan.keptDeadRules
  }

  /// Returns the change as a patch of a file at a place in the repository; empty when nothing changes.
  ///
  /// - Parameters:
  ///   - path: Where the file lies.
  ///   - isNew: Whether the repository has no such file yet.
  public func diff(path: String, isNew: Bool = false) -> UnifiedDiff { UnifiedDiff(script, path: path, isNew: isNew) }
}
