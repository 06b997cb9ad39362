import Foundation
import KoalrCore
import KoalrGitHistory
import KoalrGitHub
import KoalrHTTPTransport

/// The organisations whose events are followed, and the way to them.
struct FollowedAccount {
  var connection: ConnectionID
  var sources: SyncSources
  /// The window, and what a saved connection is to read.
  var options: SyncOptions

  /// - Throws: ``UsageError``, ``ProgramError``, `StoreError`, `SealingError`.
  init?(_ arguments: Arguments, _ store: OpenedStore, environment: [String: String], clock: any WallClock) async throws {
    let held = try await store.records.all(RecordQuery(Connection.self)).filter { $0.service == .gitHub }
    let (organizations, settings): ([String], Connection.Settings?)
    let token: any CredentialSource
    switch arguments.source {
    case .none: return nil
    case .organizations(let names):
      guard let given = environment["GITHUB_TOKEN"].flatMap(Secret.init) else {
        throw UsageError("--github needs GITHUB_TOKEN in the environment.")
      }
      let known = Self.connection(to: names, among: held)
      if let saved = known?.settings { try Self.require(names, in: saved) }
      connection = known?.id ?? Self.newConnection(to: names, besides: held)
      (organizations, settings) = (known?.settings?.organizations ?? names, known?.settings)
      token = given
    case .savedConnection(let name):
      let found = held.compactMap { connection in connection.settings.map { (connection.id, $0) } }
        .first { $0.1.name.lowercased() == name.lowercased() }
      guard let (id, saved) = found else { throw ProgramError("The store has no saved connection to GitHub of this name.") }
      connection = id
      (organizations, settings) = (saved.organizations, saved)
      token = try await SavedAccess(of: id, in: store, environment: environment)
        .credential(at: Self.address(arguments, saved))
    }
    if let settings, !settings.isOn(.webhooks) {
      throw ProgramError(
        "The service webhooks of \"\(settings.name)\" is off; full-sync connections services turns it on, then register one.")
    }
    options = SyncOptions(
      days: arguments.days, repositories: settings?.repositories ?? [],
      services: settings?.services ?? Set(IntegrationService.all))
    sources = Self.sources(
      organizations, token, Self.address(arguments, settings), connection,
      cache: Self.cacheFolder(arguments, environment), clock: clock)
  }

  private static func address(_ arguments: Arguments, _ settings: Connection.Settings?) -> URL {
    arguments.gitHubURL ?? settings?.url.flatMap { URL(string: $0) } ?? GitHubHost.dotCom.web
  }

  /// The connection that looks at one of the organisations; a saved one goes before.
  private static func connection(to names: [String], among held: [Connection]) -> Connection? {
    let wanted = Set(names.map { $0.lowercased() })
    let fitting = held.filter { connection in
      let own = connection.settings?.organizations ?? connection.organizations
      return own.contains { wanted.contains($0.lowercased()) }
    }
    return fitting.first { $0.settings != nil } ?? fitting.first
  }

  /// A saved connection is followed whole; what it does not cover is not followed by mistake.
  private static func require(_ names: [String], in settings: Connection.Settings) throws(ProgramError) {
    let own = Set(settings.organizations.map { $0.lowercased() })
    guard let other = names.first(where: { !own.contains($0.lowercased()) }) else { return }
    throw ProgramError(
      "\(other) is none of the organisations that \"\(settings.name)\" is saved for; "
        + "full-sync connections replace --organization adds it.")
  }

  /// The usual id, unless another organisation has it.
  private static func newConnection(to names: [String], besides held: [Connection]) -> ConnectionID {
    let usual = ConnectionID(unchecked: "github")
    guard held.contains(where: { $0.id == usual }) else { return usual }
    return ConnectionID(unchecked: "github-\(names.first?.lowercased() ?? "other")")
  }

  private static func sources(
    _ organizations: [String], _ token: some CredentialSource, _ url: URL, _ connection: ConnectionID, cache: URL,
    clock: any WallClock
  ) -> SyncSources {
    let gitHub = GitHubCodeHost(
      organizations: organizations, token: token, webURL: url, connection: connection, transport: URLSessionTransport(),
      clock: clock, observer: NotePrinter())
    let history = ClonedGitHistory(cacheFolder: cache, token: token, clock: clock, observer: NotePrinter())
    return SyncSources(codeHost: gitHub, history: history)
  }

  private static func cacheFolder(_ arguments: Arguments, _ environment: [String: String]) -> URL {
    if let cache = arguments.cache { return URL(fileURLWithPath: cache) }
    if let cache = environment["XDG_CACHE_HOME"], !cache.isEmpty {
      return URL(fileURLWithPath: cache).appendingPathComponent("koalr")
    }
    return FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".cache/koalr")
  }
}
