import Foundation
import KoalrCore
import KoalrGitHub

/// A run: reads into a store what its mode names, and prints what the store holds then.
struct SyncCommand {
  var arguments: SyncArguments
  var environment: [String: String]
  let meter = RunMeter()

  func run() async throws -> FullSync.ExitCode {
    let place = try await OpenedStore(arguments.store)
    var report: SyncReport?
    if case .imported(let file) = arguments.mode {
      _ = try await StoreImport(place.records).read(from: URL(fileURLWithPath: file))
    } else {
      report = try await sync(into: place)
    }
    if arguments.plan, let report { return try print(plan: report.plan) }
    let printer = SummaryPrinter(json: arguments.json, export: arguments.export, meter: meter)
    try await printer.print(place.records, report: report)
    return report?.isComplete == false ? .incomplete : .complete
  }

  private func print(plan: SyncPlan?) throws -> FullSync.ExitCode {
    guard let plan else { throw CommandError("This code host cannot tell what reading it costs.") }
    let text = PlanText(plan: plan).lines.joined(separator: "\n")
    try Output.print(arguments.json ? PlanSummary(plan: plan, meter: nil).text : text)
    return .complete
  }

  /// What syncs into a store; it runs once.
  func engine(into place: OpenedStore) async throws -> SyncEngine {
    let clock = clock
    let (sources, settings) = try await sources(place, clock)
    return SyncEngine(sources: sources, store: place.records, options: options(settings), clock: clock, observer: meter)
  }

  private func sync(into place: OpenedStore) async throws -> SyncReport {
    let engine = try await engine(into: place)
    let run = Task { try await engine.run() }
    let signals = StopSignals { run.cancel() }
    defer { signals.end() }
    var printer = ProgressPrinter()
    for await step in engine.progress { printer.print(step) }
    return try await run.value
  }

  private var clock: any WallClock {
    if arguments.mode == .sample { return Setup.sampleClock }
    return arguments.now.map { StandingClock(at: $0) } ?? SystemClock()
  }

  /// What the command line asks for, else what a person chose for the connection.
  private func options(_ settings: Connection.Settings?) -> SyncOptions {
    let repositories = arguments.repositories.isEmpty ? settings?.repositories ?? [] : arguments.repositories
    return SyncOptions(
      days: arguments.days, repositories: repositories, services: settings?.services ?? Set(IntegrationService.all),
      incidents: arguments.incidentRules, plansOnly: arguments.plan)
  }

  private func sources(
    _ place: OpenedStore, _ clock: any WallClock
  ) async throws -> (SyncSources, Connection.Settings?) {
    let setup = Setup(
      clock: clock, observer: meter, maximumWait: arguments.maximumWait ?? GitHubCodeHost.standardMaximumWait)
    let incidents = try arguments.incidents.map(IncidentFile.read)
    let held = try await HeldConnections(place.records)
    switch arguments.mode {
    case .sample, .imported:
      try refuseToMixSample(with: held)
      return (Setup.sample(), nil)
    case .git(let path):
      let probe = setup.clone(path, connection: ConnectionID(unchecked: "git"))
      let id = try await CloneConnection(held: held).id(of: probe)
      return (SyncSources(codeHost: setup.clone(path, connection: id), incidents: incidents), nil)
    case .gitHub(let organizations):
      let access = try await finder(place, held).access(organizations: organizations)
      return (try await self.sources(access, setup, incidents), access.settings)
    case .connection(let name):
      let access = try await finder(place, held).access(connection: name)
      return (try await self.sources(access, setup, incidents), access.settings)
    }
  }

  private func sources(
    _ access: RunAccess, _ setup: Setup, _ incidents: ReportedIncidents?
  ) async throws -> SyncSources {
    try await setup.sources(access, cacheFolder: cacheFolder, history: arguments.history, incidents: incidents)
  }

  private func finder(_ place: OpenedStore, _ held: HeldConnections) -> AccessFinder {
    let tokens = SavedTokens(storage: place.tokens, environment: environment)
    return AccessFinder(held: held, tokens: tokens, environment: environment, arguments: arguments)
  }

  /// Invented records are hard to tell from real ones once they lie in one store.
  private func refuseToMixSample(with held: HeldConnections) throws {
    let sample = Set(["github", "codecov", "snyk"])
    let isOnlySample = held.all.allSatisfy { connection in
      connection.settings == nil && sample.contains(connection.id.rawValue) && connection.account == Setup.sampleAccount
    }
    guard isOnlySample else {
      throw CommandError("The store holds other connections than the sample's; name a mode, or another file for the sample.")
    }
  }

  private var cacheFolder: URL {
    if let cache = arguments.cache { return URL(fileURLWithPath: cache) }
    if let cache = environment["XDG_CACHE_HOME"], !cache.isEmpty {
      return URL(fileURLWithPath: cache).appendingPathComponent("koalr")
    }
    return FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".cache/koalr")
  }
}
