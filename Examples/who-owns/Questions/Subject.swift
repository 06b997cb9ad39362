import KoalrCore

/// What questions are asked about: rules, files and history, as far as the questions need them.
struct Subject {
  var rules: LoadedRules
  /// The files there are; `nil` when nobody said.
  var paths: [String]?
  /// What commits say; empty without a clone.
  var history: History
  /// Drift and gaps; `nil` when no question needs them.
  var drift: OwnershipDrift?
  var gaps: OwnershipGaps?
  /// Who is behind the owners: a clone does not say who is in a team.
  let directory = OwnerDirectory()

  init(_ questions: Arguments.Questions, rules: LoadedRules, paths: [String]?, history: History) {
    self.rules = rules
    self.paths = paths
    self.history = history
    let (contributions, directory) = (history.contributions, OwnerDirectory(addresses: history.inferred))
    if questions.drift || questions.repair {
      drift = OwnershipDrift(of: rules.file, in: contributions, directory: directory)
    }
    if questions.gaps || questions.repair {
      gaps = OwnershipGaps(of: rules.file, paths: paths ?? [], in: contributions, directory: directory)
    }
  }
}

extension CodeOwnersFile {
  /// The accounts that the file names.
  var accounts: Set<Login> {
    var accounts: Set<Login> = []
    for case .user(let text) in [rules.lazy.flatMap(\.owners).map(\.self), sections.flatMap(\.defaultOwners)].joined() {
      if let login = Login(rawValue: String(text.dropFirst())) { accounts.insert(login) }
    }
    return accounts
  }
}
