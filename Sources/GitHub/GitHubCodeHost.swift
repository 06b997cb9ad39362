public import KoalrDomain
public import KoalrHTTPTransport
public import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// One organisation on GitHub: github.com, a tenant of ghe.com, or a GitHub Enterprise Server.
///
/// *Using it:* give it to a sync, or ask page by page. Every question goes through GraphQL, packed so that a call costs one point
/// where GitHub allows it, and one call at a time. Commits and the files of changes come from git, which costs no budget.
/// Errors are `IntegrationError`s that never hold the token, an answer's text or a query string.
///
/// ```swift
/// let gitHub = GitHubCodeHost(organization: "acme", token: token, transport: URLSessionTransport())
/// print(try await gitHub.testConnection().message ?? "")   // Successfully connected via octocat
/// ```
public struct GitHubCodeHost: Sendable {
  /// The organisation's name.
  public let organization: String
  /// The addresses.
  public let host: GitHubHost

  let connection: ConnectionID
  let clock: any WallClock
  let graphQL: GraphQLClient
  let rest: RESTClient
  let totals = RepositoryTotals()
  let limits = Limits()

  /// How much each kind of question asks for at once; shared by all callers, as GitHub's patience is.
  struct Limits: Sendable {
    let repositories = WorkLimit(maximum: 100)
    let changes = WorkLimit(maximum: RepositoryListKind.pullRequests.maximumItems)
    let firstLook = WorkLimit(maximum: RepositoryListKind.firstLook.maximumItems)
    let deployments = WorkLimit(maximum: RepositoryListKind.deployments.maximumItems)
    let issues = WorkLimit(maximum: RepositoryListKind.issues.maximumItems)
    let details = WorkLimit(maximum: PagePlan.connectionsPerCall)
    let teams = WorkLimit(maximum: 50)
    // Two searches each: 74 repositories cost one point, and searching takes its time.
    let counts = WorkLimit(maximum: 35)
    let authors = WorkLimit(maximum: 100)
  }

  /// Makes an adapter; nothing is asked yet.
  ///
  /// - Parameters:
  ///   - organization: its name, as in addresses.
  ///   - token: classic, fine-grained, OAuth or installation; see `testConnection()` for what it can do.
  ///   - webURL: where people look at this GitHub; the addresses of the APIs are derived from it.
  ///   - connection: the name under which the connection is reported.
  ///   - transport: sends the requests.
  ///   - clock: for pauses and for the time until a budget comes back.
  ///   - observer: told of every request, retry and charge of points.
  public init(
    organization: String, token: Secret, webURL: URL = GitHubHost.dotCom.web,
    connection: ConnectionID = ConnectionID(unchecked: "github"), transport: some HTTPTransport,
    clock: any WallClock = .system, observer: any SyncObserver = .silent
  ) {
    self.organization = organization
    self.connection = connection
    self.clock = clock
    host = GitHubHost(webURL: webURL)
    let client = HTTPClient.standard(
      service: .gitHub, origin: host.api, authorization: ("Bearer", token), transport: transport, retry: GitHubRetry.policy,
      clock: clock, observer: observer)
    graphQL = GraphQLClient(client: client, address: host.graphQL, clock: clock, observer: observer)
    rest = RESTClient(client: client, address: host.api)
  }

  var lists: RepositoryLists { RepositoryLists(graphQL: graphQL, totals: totals) }
  var items: ItemFetch { ItemFetch(graphQL: graphQL) }
  var details: DetailFetch { DetailFetch(graphQL: graphQL, limit: limits.details) }
}
