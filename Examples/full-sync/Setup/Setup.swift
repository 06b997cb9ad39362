import Foundation
import KoalrCodecov
import KoalrCore
import KoalrGitHistory
import KoalrGitHub
import KoalrHTTPTransport
import KoalrSnyk
import KoalrTesting

/// Makes the sources of a run. This is the one place that knows every adapter.
struct Setup {
  let clock: any WallClock
  let observer: RunMeter
  let maximumWait: Duration
  private let transport = URLSessionTransport()

  init(
    clock: any WallClock = .system, observer: RunMeter, maximumWait: Duration = GitHubCodeHost.standardMaximumWait
  ) {
    self.maximumWait = maximumWait
    self.clock = clock
    self.observer = observer
  }

  /// The sample organisation.
  static func sample() -> SyncSources {
    let sample = SampleOrganisation.adapters()
    return SyncSources(
      codeHost: sample.codeHost, history: sample.history, coverage: sample.coverage, vulnerabilities: sample.vulnerabilities,
      incidents: sample.incidents)
  }

  /// A clock that stands where the sample does.
  static var sampleClock: any WallClock { ManualClock(startingAt: SampleOrganisation.now) }

  /// The account that the sample's connections are reported with.
  static var sampleAccount: String? { SampleOrganisation.world.account }

  /// A local clone.
  func clone(_ path: String, connection: ConnectionID) -> LocalGitRepository {
    LocalGitRepository(path: path, connection: connection, clock: clock, observer: observer)
  }

  /// The services of an organisation.
  func sources(
    _ access: RunAccess, cacheFolder: URL, history way: HistoryWay, incidents: ReportedIncidents?
  ) async throws -> SyncSources {
    let clones = ClonedGitHistory(cacheFolder: cacheFolder, token: access.codeHost.credential, clock: clock, observer: observer)
    let codeHost = gitHub(access.codeHost)
    let history = try await HistoryChoice(way: way, observer: observer).source(clones: clones, gitHub: codeHost)
    return SyncSources(
      codeHost: codeHost, history: history, coverage: access.coverage.map(codecov),
      vulnerabilities: access.scanner.map(snyk), incidents: incidents)
  }

  /// What tests a credential of a service.
  func tester(_ service: ConnectableService, _ access: ServiceAccess) -> any ConnectionTestable {
    switch service {
    case .codecov: codecov(access)
    case .snyk: snyk(access)
    default: gitHub(access)
    }
  }

  /// What manages the webhooks of an organisation.
  func registrar(_ access: ServiceAccess) -> any WebhookRegistrar { gitHub(access) }

  private func gitHub(_ access: ServiceAccess) -> GitHubCodeHost {
    let credential = access.credential  // Only a local value opens into a generic parameter.
    return GitHubCodeHost(
      organizations: access.organizations, token: credential, webURL: access.address.url, connection: access.connection,
      transport: transport, clock: clock, observer: observer, maximumWait: maximumWait)
  }

  private func codecov(_ access: ServiceAccess) -> CodecovCoverage {
    let clock = clock  // Only a local value opens into a generic parameter.
    return CodecovCoverage(
      organizations: access.organizations, token: access.token, apiURL: access.address.url, connection: access.connection,
      transport: transport, clock: clock, observer: observer)
  }

  private func snyk(_ access: ServiceAccess) -> SnykVulnerabilities {
    let clock = clock  // Only a local value opens into a generic parameter.
    return SnykVulnerabilities(
      organization: access.snykOrganization, token: access.token, apiURL: access.address.url, connection: access.connection,
      transport: transport, clock: clock, observer: observer)
  }
}
