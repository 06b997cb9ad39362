import KoalrDomain
import KoalrIntegrationProtocols

extension RepositoryLists.Answered {
  /// What GitHub refused inside of the answer, one gap a reason, but for the field that the mapping accounts for itself.
  func gaps(except field: String) -> [SourceGap] {
    var reasons: [String] = []
    for error in errors where !error.passes(field) && !reasons.contains(error.reason) { reasons.append(error.reason) }
    return reasons.map { SourceGap("parts of the answer", of: request.repository, why: $0) }
  }
}
