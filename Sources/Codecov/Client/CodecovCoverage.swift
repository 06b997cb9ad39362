public import KoalrDomain
public import KoalrHTTPTransport
public import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Coverage from Codecov, hosted or on one's own server, over its API v2.
///
/// ```swift
/// let codecov = CodecovCoverage(organization: "acme", token: token, transport: URLSessionTransport())
/// let connection = try await codecov.testConnection()
/// ```
///
/// The token is an API token of a person with a seat (avatar → Settings → Access), not a repository's upload token.
/// One request for the list of repositories, two for a repository's current figure and trend, one for 50 changes, one for the
/// files of a commit. The files are final once the commit's report is complete, which `MeasuredChange.head` tells: ask when it is
/// not `nil`, and once. None of these requests makes Codecov ask the code host, so its rate limits there do not matter.
public struct CodecovCoverage: Sendable {
  let client: CodecovClient
  let connection: ConnectionID
  let clock: any WallClock

  /// Makes a source.
  ///
  /// - Parameters:
  ///   - organizations: the owners on the code host, as Codecov names them, at least one.
  ///   - token: an API token.
  ///   - apiURL: the API's address as far as all its paths share it; one that ends in `/api/v2` is accepted too.
  ///   - gitService: the code host in Codecov's words: `github`, `github_enterprise`.
  ///   - connection: the name under which the connection is reported.
  ///   - transport: sends the requests.
  ///   - clock: for pauses, and the time of a connection test.
  ///   - observer: told of every request and retry.
  public init(
    organizations: [String], token: Secret, apiURL: URL = Self.defaultAPI, gitService: String = "github",
    connection: ConnectionID = ConnectionID(unchecked: "codecov"), transport: some HTTPTransport, clock: some WallClock = .system,
    observer: some SyncObserver = .silent
  ) {
    precondition(!organizations.isEmpty, "Coverage needs at least one organisation.")
    self.connection = connection
    self.clock = clock
    client = CodecovClient(
      http: .standard(
        service: .codecov, origin: apiURL, authorization: (scheme: "Bearer", secret: token), transport: transport, clock: clock,
        observer: observer),
      apiURL: apiURL, gitService: gitService, organizations: organizations)
  }

  /// Makes a source for one owner; see ``init(organizations:token:apiURL:gitService:connection:transport:clock:observer:)``.
  public init(
    organization: String, token: Secret, apiURL: URL = Self.defaultAPI, gitService: String = "github",
    connection: ConnectionID = ConnectionID(unchecked: "codecov"), transport: some HTTPTransport, clock: some WallClock = .system,
    observer: some SyncObserver = .silent
  ) {
    self.init(
      organizations: [organization], token: token, apiURL: apiURL, gitService: gitService, connection: connection,
      transport: transport, clock: clock, observer: observer)
  }
}

extension CodecovCoverage {
  /// Codecov's own service: `https://api.codecov.io`.
  public static let defaultAPI: URL = {
    guard let url = URL(string: "https://api.codecov.io") else { preconditionFailure("Codecov's address must be a URL.") }
    return url
  }()
}
