import KoalrIntegrationProtocols

/// Which events a webhook asks for.
enum HookEvents {
  /// How many random bytes make a secret.
  static let secretBytes = 32

  /// What changes something that is stored, in the order of bytes. The example receiver counts everything else.
  /// Source of the words: docs.github.com, "Webhook events and payloads".
  private static let ofOrganizations = [
    "check_run", "check_suite", "deployment", "deployment_status", "issue_comment", "issues", "membership", "organization",
    "pull_request", "pull_request_review", "push", "repository", "status", "team",
  ]

  /// GitHub refuses these for a single repository.
  private static let ofOrganizationsOnly: Set = ["membership", "organization", "team"]

  static func wanted(of target: WebhookTarget) -> [String] {
    switch target {
    case .organization: ofOrganizations
    case .repository: ofOrganizations.filter { !ofOrganizationsOnly.contains($0) }
    }
  }
}
