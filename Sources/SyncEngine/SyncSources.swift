import KoalrDomain
public import KoalrIntegrationProtocols

/// Everything a sync reads from. Only the code host is required; what is absent is named in the scores that miss it.
public struct SyncSources: Sendable {
  /// Where repositories live.
  public var codeHost: any CodeHost
  /// Who knows changes; `nil` when the history has to tell.
  public var changes: (any ChangeSource)?
  /// Who knows deployments.
  public var deployments: (any DeploymentSource)?
  /// Who knows tickets.
  public var issues: (any IssueTracker)?
  /// Who can be asked for single things again; without one, a run reads whole lists where a few things may have changed.
  public var items: (any ItemSource)?
  /// Who can say how much there is; without one, a run knows only what it was refused.
  public var counts: (any ContentCounter)?
  /// Who knows members and teams.
  public var people: (any PeopleSource)?
  /// Who knows the account behind a commit's address.
  public var authors: (any AuthorResolver)?
  /// Who compares the packages of two commits.
  public var dependencies: (any DependencySource)?
  /// Where commits and files come from.
  public var history: (any HistorySource)?
  /// Where coverage comes from.
  public var coverage: (any CoverageSource)?
  /// Where findings come from.
  public var vulnerabilities: (any VulnerabilitySource)?
  /// Where incidents come from, beside those that are derived.
  public var incidents: (any IncidentSource)?

  /// Makes a set of sources. Abilities that the code host has beside listing repositories are found by themselves.
  public init(
    codeHost: any CodeHost, history: (any HistorySource)? = nil, coverage: (any CoverageSource)? = nil,
    vulnerabilities: (any VulnerabilitySource)? = nil, incidents: (any IncidentSource)? = nil
  ) {
    self.codeHost = codeHost
    changes = codeHost as? any ChangeSource
    deployments = codeHost as? any DeploymentSource
    issues = codeHost as? any IssueTracker
    items = codeHost as? any ItemSource
    counts = codeHost as? any ContentCounter
    people = codeHost as? any PeopleSource
    authors = codeHost as? any AuthorResolver
    dependencies = codeHost as? any DependencySource
    self.history = history ?? (codeHost as? any HistorySource)
    self.coverage = coverage
    self.vulnerabilities = vulnerabilities
    self.incidents = incidents
  }
}

extension SyncSources {
  /// The sources of what is turned on. A code host's changes that are turned off are not the history's to tell either.
  func reading(_ options: SyncOptions) -> SyncSources {
    var sources = self
    if !options.reads(.pullRequests) { sources.changes = nil }
    if !options.reads(.tickets) { sources.issues = nil }
    return sources
  }
}
