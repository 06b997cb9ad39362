public import KoalrDomain
public import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Commits and files of a code host's repositories, from bare clones in a cache folder: complete, and free of API budget.
///
/// A clone has the commits and folders of the window and the contents of changed files only (`--filter=blob:none`, shallow), one
/// folder a repository, named by the repository's id so that a rename keeps it. Disk for 90 days: some megabytes (3 MB for 260 commits,
/// 16 MB for 700, 27 MB for 1,600 with many merges), more where large binary files changed; a folder that has grown to
/// ``maximumPacks`` packs is made anew. Deleting any of it costs nothing but the next download. Network: two to six requests a
/// repository, none when neither its head nor its changes are new. A change without any commit in common with its target makes the
/// whole history be fetched once, without contents. Servers must allow partial clones (`uploadpack.allowFilter`) and fetching by commit
/// name (`uploadpack.allowAnySHA1InWant`), as GitHub does. SHA-1 repositories only.
///
/// The token goes to the clone address's own scheme, host and port, in the environment of the child process: never into an argument, a
/// file or an error, and redirects are not followed. A commit's author is known here only for GitHub's private addresses.
public struct ClonedGitHistory: HistorySource {
  /// The most packs of a cached clone; each update adds a few.
  public static let maximumPacks = 120

  let cacheFolder: String
  let token: (any CredentialSource)?
  let service: Connection.Service
  let clock: any WallClock
  let git: GitProgram
  private let version = KnownGitVersion()

  /// Makes a source; nothing is cloned yet.
  ///
  /// - Parameters:
  ///   - cacheFolder: where the clones live; made when it is missing. Several processes may share it.
  ///   - token: goes to the repositories' own host as the password of `x-access-token`: a `Secret`, or a source that renews it.
  ///   - service: the service that errors name.
  ///   - clock: for the pauses while another process holds a clone.
  ///   - observer: told of every `git` process and of notes.
  ///   - maximumConcurrentProcesses: the most `git` programs at a time, over all repositories.
  public init(
    cacheFolder: URL, token: (any CredentialSource)?, service: Connection.Service = .gitHub, clock: any WallClock = .system,
    observer: any SyncObserver = .silent, maximumConcurrentProcesses: Int = 8
  ) {
    self.init(
      cacheFolder: cacheFolder, token: token, service: service, clock: clock, observer: observer,
      maximumConcurrentProcesses: maximumConcurrentProcesses, program: "git")
  }

  init(
    cacheFolder: URL, token: (any CredentialSource)?, service: Connection.Service = .gitHub, clock: any WallClock = .system,
    observer: any SyncObserver = .silent, maximumConcurrentProcesses: Int = 8, program: String
  ) {
    self.cacheFolder = cacheFolder.path
    self.token = token
    self.service = service
    self.clock = clock
    git = GitProgram(
      program: program, service: service, observer: observer, gate: ProcessGate(width: maximumConcurrentProcesses))
  }
}

extension ClonedGitHistory {
  /// Finds out whether `git` is there and new enough, before anything is read with it.
  ///
  /// - Throws: `IntegrationError` that says what is wrong with it.
  public func checkProgram() async throws { _ = try await git.version() }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension ClonedGitHistory {
  public func readHistory(
    _ request: HistoryRequest, receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws -> HistorySummary {
    let operation = "read the history of \(request.repository.name)"
    guard let address = request.repository.cloneURL else {
      throw IntegrationError(
        .misconfigured, service: service, operation: operation, reason: "The repository has no clone address.")
    }
    let token = try await token?.token()
    do {
      return try await read(request, address, token, receive: receive)
    } catch let failure as GitFailure {
      // The server is asked before anything is handed over, so that the whole may begin again.
      guard failure.cause == .unauthorized, let token, let fresh = try await self.token?.replacement(for: token) else {
        throw failure.integrationError(service, operation: operation)
      }
      return try await readAgain(request, address, fresh, operation, receive: receive)
    }
  }
}

extension ClonedGitHistory {
  private func readAgain(
    _ request: HistoryRequest, _ address: String, _ token: Secret, _ operation: String,
    receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws -> HistorySummary {
    do {
      return try await read(request, address, token, receive: receive)
    } catch let failure as GitFailure {
      throw failure.integrationError(service, operation: operation)
    }
  }

  private func read(
    _ request: HistoryRequest, _ address: String, _ token: Secret?, receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws -> HistorySummary {
    let remote = try GitRemote(address, token: token, service: service, repository: request.repository.name)
    let version = try await version.version(of: git)
    let folder = "\(cacheFolder)/\(Self.folderName(request.repository.id)).git"
    let lock = try await FolderLock.acquire(folder, service: service, clock: clock)
    defer { lock.release() }
    let clone = CachedClone(git: git, version: version, folder: folder, remote: remote)
    do {
      return try await clone.readHistory(request, receive: receive)
    } catch let failure as GitFailure where failure.mayBeDamage {
      git.observer.observe(.note("The cached clone of \(request.repository.name) is made anew: \(failure.words)"))
      try clone.remove()
      return try await clone.readHistory(request, receive: receive)
    }
  }

  /// A folder name for an id: different for different ids also where case does not count.
  static func folderName(_ id: RepositoryID) -> String {
    var name = ""
    for byte in id.rawValue.utf8 {
      let isPlain = (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "-")
      name += isPlain ? String(UnicodeScalar(byte)) : "_" + hexadecimal(UInt64(byte), width: 2)
    }
    guard name.utf8.count > 150 else { return name }
    // FNV-1a: long ids are cut, and their hash keeps them apart.
    let hash = id.rawValue.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return name.prefix(130) + "_" + hexadecimal(hash, width: 16)
  }

  private static func hexadecimal(_ number: UInt64, width: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }
}
