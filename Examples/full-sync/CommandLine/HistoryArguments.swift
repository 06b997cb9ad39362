import KoalrCore

/// Where an organisation's commits and files come from.
enum HistoryWay: String {
  /// From clones, or over GitHub's API where `git` cannot be used.
  case auto
  /// From clones, made with the `git` program.
  case git
  /// Over GitHub's API.
  case api
}

extension CommandWords {
  /// The way to the history; `auto` when nothing was said.
  var historyWay: HistoryWay {
    get throws(UsageError) {
      guard let word = self["--history"] else { return .auto }
      guard let way = HistoryWay(rawValue: word) else { throw UsageError("--history is git, api or auto, not \"\(word)\".") }
      return way
    }
  }

  /// What counts as an incident: what was named takes the place of the usual words.
  var incidentRules: IncidentRules {
    let (labels, environments) = (all("--incident-label"), all("--production"))
    return IncidentRules(
      labels: labels.isEmpty ? IncidentRules.usualLabels : Set(labels),
      environments: environments.isEmpty ? IncidentRules.usualEnvironments : Set(environments))
  }
}
