public import KoalrDomain
public import KoalrHTTPTransport
public import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// One or several organisations on GitHub: github.com, a tenant of ghe.com, or a GitHub Enterprise Server.
///
/// *Using it:* give it to a sync, or ask page by page. What is in it is asked through GraphQL, packed so that a call costs one point
/// where GitHub allows it, and one call at a time. Commits and the files of changes come from git, which costs no budget.
/// Errors are `IntegrationError`s that never hold the token, an answer's text or a query string.
///
/// ```swift
/// let gitHub = GitHubCodeHost(organization: "acme", token: token, transport: URLSessionTransport())
/// print(try await gitHub.testConnection().message ?? "")   // Successfully connected via octocat
/// ```
public struct GitHubCodeHost: Sendable {
  /// The organisations' names, at least one, each once.
  public let organizations: [String]
  /// The addresses.
  public let host: GitHubHost

  let connection: ConnectionID
  let credential: any CredentialSource
  let clock: any WallClock
  let graphQL: GraphQLClient
  let rest: RESTClient
  let totals = RepositoryTotals()
  let limits = Limits()
  private let carried = CarriedPages()
  /// Kept here because budgets are shared as long as somebody uses them.
  private let budget: CredentialBudget

  /// The longest wait for a limit to pass unless told otherwise: until the next hour's budget, with a minute to spare.
  public static let standardMaximumWait: Duration = .seconds(3660)

  /// How much each kind of question asks for at once; shared by all callers, as GitHub's patience is.
  struct Limits: Sendable {
    let repositories = WorkLimit(maximum: 100)
    let changes = WorkLimit(maximum: RepositoryListKind.pullRequests.maximumItems)
    let firstLook = WorkLimit(maximum: RepositoryListKind.firstLook.maximumItems)
    let deployments = WorkLimit(maximum: RepositoryListKind.deployments.maximumItems)
    let issues = WorkLimit(maximum: RepositoryListKind.issues.maximumItems)
    let details = WorkLimit(maximum: PagePlan.connectionsPerCall)
    let rollups = WorkLimit(maximum: ItemKind.plainItemsPerCall)
    let teams = WorkLimit(maximum: 50)
    let counts = WorkLimit(maximum: 100)
    let windows = WorkLimit(maximum: 100)
    let authors = WorkLimit(maximum: 100)
  }

  /// Makes an adapter; nothing is asked yet.
  ///
  /// - Parameters:
  ///   - organizations: their names, as in addresses, at least one; a name that comes again is left out.
  ///   - token: classic, fine-grained, OAuth or installation: a `Secret`, or a source that renews it; see `diagnose()` for what it
  ///     can do.
  ///   - webURL: where people look at this GitHub; the addresses of the APIs are derived from it.
  ///   - connection: the name under which the connection is reported.
  ///   - transport: sends the requests.
  ///   - clock: for pauses and for the time until a budget comes back.
  ///   - observer: told of every request, retry, wait and charge of points.
  ///   - maximumWait: how long to wait for a limit to pass; a longer wait is an error with the time instead.
  ///   - budgets: shared with everybody who uses the same token with them.
  ///   - answers: keeps answers of REST, which GitHub then confirms for free.
  public init(
    organizations: [String], token: some CredentialSource, webURL: URL = GitHubHost.dotCom.web,
    connection: ConnectionID = ConnectionID(unchecked: "github"), transport: some HTTPTransport,
    clock: any WallClock = .system, observer: any SyncObserver = .silent,
    maximumWait: Duration = standardMaximumWait, budgets: GitHubBudgets = .ofThisProcess,
    answers: any AnswerCache = InMemoryAnswerCache()
  ) {
    precondition(!organizations.isEmpty, "A code host needs at least one organisation.")
    var seen: Set<String> = []
    self.organizations = organizations.filter { seen.insert($0.lowercased()).inserted }
    self.connection = connection
    credential = token
    self.clock = clock
    host = GitHubHost(webURL: webURL)
    budget = budgets.budget(of: token, at: host.api, clock: clock)
    let client = HTTPClient.standard(
      service: .gitHub, origin: host.api, authorization: ("Bearer", token), transport: transport, retry: GitHubRetry.policy,
      clock: clock, observer: observer,
      eachAttempt: [BudgetMiddleware(budget: budget, patience: maximumWait, observer: observer)],
      innermost: [ETagMiddleware(cache: answers)])
    graphQL = GraphQLClient(client: client, address: host.graphQL, clock: clock, observer: observer)
    rest = RESTClient(client: client, address: host.api)
  }

  /// Makes an adapter for one organisation; see ``init(organizations:token:webURL:connection:transport:clock:observer:maximumWait:budgets:answers:)``.
  public init(
    organization: String, token: some CredentialSource, webURL: URL = GitHubHost.dotCom.web,
    connection: ConnectionID = ConnectionID(unchecked: "github"), transport: some HTTPTransport,
    clock: any WallClock = .system, observer: any SyncObserver = .silent,
    maximumWait: Duration = standardMaximumWait, budgets: GitHubBudgets = .ofThisProcess,
    answers: any AnswerCache = InMemoryAnswerCache()
  ) {
    self.init(
      organizations: [organization], token: token, webURL: webURL, connection: connection, transport: transport, clock: clock,
      observer: observer, maximumWait: maximumWait, budgets: budgets, answers: answers)
  }

  /// The organisation's name; the first where there are several.
  public var organization: String { organizations[0] }

  var lists: RepositoryLists { RepositoryLists(graphQL: graphQL, totals: totals, carried: carried) }
  var items: ItemFetch { ItemFetch(graphQL: graphQL) }
  var details: DetailFetch { DetailFetch(graphQL: graphQL, limit: limits.details) }
}
