public import KoalrDomain
public import KoalrHTTPTransport
public import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Findings from Snyk, over its REST API; the versions that mend them from its older v1 API.
///
/// ```swift
/// let snyk = SnykVulnerabilities(organization: "acme", token: token, transport: URLSessionTransport())
/// let connection = try await snyk.testConnection()
/// ```
///
/// A run of ``findings(in:since:after:)`` asks once for the organisation and the list of its projects, once for each 100 issues,
/// and once for each project that has an open problem in a package with a fix. The last question is the only way to a version
/// number; where v1 refuses it, `fixedIn` stays `nil` and the run states one gap. Resolved findings have no `fixedIn`: v1 lists
/// what is open. What the projects are and which versions mend them is kept between the pages of a run and forgotten at its start.
public struct SnykVulnerabilities: Sendable {
  let client: SnykClient
  let run: SnykRun
  let connection: ConnectionID
  let clock: any WallClock

  /// Makes a source.
  ///
  /// - Parameters:
  ///   - organization: its slug or id; `nil` takes the token's only organisation, or its default one.
  ///   - token: an API key, a personal or service account's token (`snyk_…`), or an access token of a Snyk App.
  ///   - apiURL: the API's address as far as all its paths share it, of the region the account is in; one that ends in `/rest` is
  ///     accepted too.
  ///   - connection: the name under which the connection is reported.
  ///   - transport: sends the requests.
  ///   - clock: for pauses, and the time of a connection test.
  ///   - observer: told of every request and retry.
  public init(
    organization: String?, token: Secret, apiURL: URL = Self.defaultAPI,
    connection: ConnectionID = ConnectionID(unchecked: "snyk"), transport: some HTTPTransport, clock: some WallClock = .system,
    observer: some SyncObserver = .silent
  ) {
    let kind = SnykToken(token)
    self.connection = connection
    self.clock = clock
    client = SnykClient(
      http: .standard(
        service: .snyk, origin: apiURL, authorization: (scheme: kind.scheme, secret: token), transport: transport,
        retry: SnykClient.retryPolicy, clock: clock, observer: observer),
      apiURL: apiURL, regionHost: kind.regionHost)
    run = SnykRun(client: client, organization: organization)
  }
}

extension SnykVulnerabilities {
  /// Snyk's first region: `https://api.snyk.io`.
  public static let defaultAPI: URL = {
    guard let url = URL(string: "https://api.snyk.io") else { preconditionFailure("Snyk's address must be a URL.") }
    return url
  }()
}
