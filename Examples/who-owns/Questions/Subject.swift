import KoalrCore

/// What questions are asked about: rules, files and history, as far as the questions need them.
struct Subject {
  var rules: LoadedRules
  /// The files there are; `nil` when nobody said.
  var paths: [String]?
  /// The merged changes of the window; empty without a clone.
  var changes: [Change]
  /// Drift and gaps; `nil` when no question needs them.
  var drift: OwnershipDrift?
  var gaps: OwnershipGaps?
  /// Who is behind the owners: a clone does not say who is in a team.
  let directory = OwnerDirectory()

  init(
    _ questions: Arguments.Questions, rules: LoadedRules, paths: [String]?, contributions: Contributions, changes: [Change]
  ) {
    self.rules = rules
    self.paths = paths
    self.changes = changes
    if questions.drift || questions.repair {
      drift = OwnershipDrift(of: rules.file, in: contributions, directory: directory)
    }
    if questions.gaps || questions.repair {
      gaps = OwnershipGaps(of: rules.file, paths: paths ?? [], in: contributions, directory: directory)
    }
  }
}
