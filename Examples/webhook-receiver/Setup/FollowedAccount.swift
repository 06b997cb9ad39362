import Foundation
import KoalrCore
import KoalrCryptography
import KoalrGitHistory
import KoalrGitHub
import KoalrHTTPTransport

/// The organisation whose events are followed, and the way to it.
struct FollowedAccount {
  var connection: ConnectionID
  var sources: SyncSources

  /// - Throws: ``UsageError``, ``ProgramError``, `StoreError`, `SealingError`.
  init?(_ arguments: Arguments, _ store: OpenedStore, environment: [String: String], clock: any WallClock) async throws {
    let held = try await store.records.all(RecordQuery(Connection.self)).filter { $0.service == .gitHub }
    var url = arguments.gitHubURL
    let (organization, token): (String, Secret)
    switch arguments.source {
    case .none: return nil
    case .organization(let name):
      guard let given = environment["GITHUB_TOKEN"].flatMap(Secret.init) else {
        throw UsageError("--github needs GITHUB_TOKEN in the environment.")
      }
      connection = held.first { $0.organization?.lowercased() == name.lowercased() }?.id ?? ConnectionID(unchecked: "github")
      (organization, token) = (name, given)
    case .savedConnection(let name):
      let found = held.compactMap { connection in connection.settings.map { (connection.id, $0) } }
        .first { $0.1.name.lowercased() == name.lowercased() }
      guard let (id, settings) = found else { throw ProgramError("The store has no saved connection to GitHub of this name.") }
      (connection, organization) = (id, settings.organization)
      token = try await Self.savedToken(of: id, in: store, environment: environment)
      url = url ?? settings.url.flatMap { URL(string: $0) }
    }
    sources = Self.sources(
      organization, token, url ?? GitHubHost.dotCom.web, connection, cache: Self.cacheFolder(arguments, environment),
      clock: clock)
  }

  private static func savedToken(
    of connection: ConnectionID, in store: OpenedStore, environment: [String: String]
  ) async throws -> Secret {
    guard let storage = store.tokens, let keys = try SealingKeys(environment: environment) else {
      throw ProgramError("A saved token needs the key it was sealed with: set KOALR_SEALING_KEYS or KOALR_SEALING_KEY_FILE.")
    }
    let secrets = SealedSecretStore(storage, sealer: KeyringSealer(keys: keys))
    guard let token = try await secrets.secret(.token, connection: connection) else {
      throw ProgramError("The connection \(connection) has no saved token; give it one with full-sync connections replace.")
    }
    return token
  }

  private static func sources(
    _ organization: String, _ token: Secret, _ url: URL, _ connection: ConnectionID, cache: URL, clock: any WallClock
  ) -> SyncSources {
    let gitHub = GitHubCodeHost(
      organization: organization, token: token, webURL: url, connection: connection, transport: URLSessionTransport(),
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
