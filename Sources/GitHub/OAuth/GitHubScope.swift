public import KoalrIntegrationProtocols

/// The scopes that Koalr asks GitHub for, with what each is needed for.
///
/// GitHub has no scopes that only read private repositories or organisation webhooks, so two of them allow more than is needed.
/// Source: docs.github.com, "Scopes for OAuth apps", and the scopes that its API names for each operation.
public enum GitHubScope {
  /// What is asked for unless the host says otherwise.
  public static let requested: [OAuthScope] = [readOrganization, readUser, repositories, repositoryHooks, organizationHooks]

  /// Members, teams and the role of whoever connects.
  public static let readOrganization = OAuthScope(
    name: "read:org", reason: "reads the organisation's members and teams, and whether the account owns the organisation")
  /// Whose account it is.
  public static let readUser = OAuthScope(name: "read:user", reason: "reads whose account connects")
  /// Everything in repositories.
  public static let repositories = OAuthScope(
    name: "repo",
    reason: "reads private repositories: commits, pull requests, reviews, checks, deployments and issues",
    unused: "writing to every repository that the account may write to: code, settings, issues and statuses")
  /// Webhooks of single repositories.
  public static let repositoryHooks = OAuthScope(
    name: "admin:repo_hook",
    reason: "registers, checks and removes a webhook on single repositories, where the organisation cannot have one",
    unused: "changing and removing other webhooks of the account's repositories")
  /// The webhook of the organisation.
  public static let organizationHooks = OAuthScope(
    name: "admin:org_hook",
    reason: "registers, checks and removes one webhook for the whole organisation; admin:repo_hook does not allow that")
  /// Asks for a token that expires and is renewed, where the app is not set up for such tokens anyway.
  public static let offlineAccess = OAuthScope(name: "offline_access", reason: "asks for a token that expires and is renewed")

  /// Who should connect, and why.
  public static let serviceAccountAdvice = """
    Connect with a service account: an account of its own, that owns nothing but its membership in the organisation. A token sees \
    everything that its account sees, so a person's also reads that person's other organisations and private repositories, and stops \
    working when that person leaves. To register the organisation's webhook the account has to be an owner; for all else a member \
    with access to the repositories is enough.
    """
}
