import Foundation
import KoalrCodecov
import KoalrCore
import KoalrGitHistory
import KoalrGitHub
import KoalrHTTPTransport
import KoalrSnyk
import KoalrTesting

/// The parts a run is made of, chosen by the command line and the environment. This is the one place that knows every adapter.
struct Setup {
  var sources: SyncSources
  var clock: any WallClock

  init(_ arguments: Arguments, environment: [String: String], meter: RunMeter) throws {
    switch arguments.mode {
    case .sample, .imported:
      clock = ManualClock(startingAt: SampleOrganisation.now)
      let sample = SampleOrganisation.adapters()
      sources = SyncSources(
        codeHost: sample.codeHost, history: sample.history, coverage: sample.coverage, vulnerabilities: sample.vulnerabilities,
        incidents: sample.incidents)
    case .git(let path):
      clock = Self.clock(arguments)
      sources = SyncSources(codeHost: LocalGitRepository(path: path, clock: clock, observer: meter))
    case .gitHub(let organization):
      clock = Self.clock(arguments)
      sources = try Self.services(organization, arguments, environment: environment, clock: clock, meter: meter)
    }
  }

  private static func clock(_ arguments: Arguments) -> any WallClock {
    if let now = arguments.now { StandingClock(at: now) } else { SystemClock() }
  }

  private static func services(
    _ organization: String, _ arguments: Arguments, environment: [String: String], clock: any WallClock, meter: RunMeter
  ) throws -> SyncSources {
    guard let token = environment["GITHUB_TOKEN"].flatMap(Secret.init) else {
      throw UsageError("--github needs GITHUB_TOKEN in the environment: a classic token with the scopes repo and read:org.")
    }
    let transport = URLSessionTransport()
    let gitHubURL = try url(arguments.gitHubURL, of: "--github-url")
    let host = GitHubCodeHost(
      organization: organization, token: token, webURL: gitHubURL, transport: transport, clock: clock, observer: meter)
    let history = ClonedGitHistory(
      cacheFolder: cacheFolder(arguments, environment: environment), token: token, clock: clock, observer: meter)
    let codecovURL = try url(arguments.codecovURL, of: "--codecov-url")
    let coverage = environment["CODECOV_TOKEN"].flatMap(Secret.init).map {
      CodecovCoverage(
        organization: organization, token: $0, apiURL: codecovURL, transport: transport, clock: clock, observer: meter)
    }
    let snykURL = try url(arguments.snykURL, of: "--snyk-url")
    let vulnerabilities = environment["SNYK_TOKEN"].flatMap(Secret.init).map {
      SnykVulnerabilities(
        organization: arguments.snykOrganization, token: $0, apiURL: snykURL, transport: transport, clock: clock, observer: meter)
    }
    return SyncSources(codeHost: host, history: history, coverage: coverage, vulnerabilities: vulnerabilities)
  }

  private static func url(_ text: String, of option: String) throws -> URL {
    guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme), url.host != nil
    else {
      throw UsageError("\(option) needs an address such as https://example.com, not \"\(text)\".")
    }
    return url
  }

  private static func cacheFolder(_ arguments: Arguments, environment: [String: String]) -> URL {
    if let cache = arguments.cache { return URL(fileURLWithPath: cache) }
    if let cache = environment["XDG_CACHE_HOME"], !cache.isEmpty {
      return URL(fileURLWithPath: cache).appendingPathComponent("koalr")
    }
    return FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".cache/koalr")
  }
}
