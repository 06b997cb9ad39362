public import KoalrDomain
public import KoalrIntegrationProtocols

/// A clone on this machine, read with the `git` program: no token, no network, nothing is written.
///
/// Takes any clone: bare or not, a worktree, a folder inside one, shallow, partial, with a detached HEAD, of another owner. Its changes
/// are the merges and squash merges of the checked-out branch's first-parent chain; see ``readHistory(_:receive:)``. What a clone does
/// not have is a stated gap and is never fetched: a shallow clone's oldest commits have no files, a partial clone has paths without
/// renames and line counts. Cost: git compares some 600 to 2,000 commits a second and core, and memory does not grow with the history
/// but for the list of commit names.
public struct LocalGitRepository: CodeHost, HistorySource {
  let path: String
  let connection: ConnectionID
  let clock: any WallClock
  let git: GitProgram

  /// Names a clone; nothing is read yet.
  ///
  /// - Parameters:
  ///   - path: the clone or a folder inside it.
  ///   - connection: the connection's name.
  ///   - clock: the time of a connection test.
  ///   - observer: told of every `git` process.
  public init(
    path: String, connection: ConnectionID = ConnectionID(unchecked: "git"), clock: any WallClock = .system,
    observer: any SyncObserver = .silent
  ) {
    self.init(path: path, connection: connection, clock: clock, observer: observer, program: "git")
  }

  init(path: String, connection: ConnectionID, clock: any WallClock, observer: any SyncObserver, program: String) {
    self.path = path
    self.connection = connection
    self.clock = clock
    git = GitProgram(program: program, service: .git, observer: observer, gate: ProcessGate(width: 8))
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension LocalGitRepository {
  public var connectionID: ConnectionID? { connection }

  public func testConnection() async throws -> Connection {
    do {
      let found = try await LocalClone.open(path, git)
      return Connection(
        id: connection, service: .git, organization: found.name.rawValue, account: nil, status: .connected,
        message: "Reading \(found.name) with git \(found.reader.version).", capabilities: found.capabilities,
        testedAt: clock.now())
    } catch let error as IntegrationError {
      return Connection(
        id: connection, service: .git, organization: nil, account: nil, status: .failed, message: error.reason,
        capabilities: [Capability(name: "read commits", available: false, reason: error.reason)], testedAt: clock.now())
    }
  }

  public func repositories(after cursor: Cursor?) async throws -> Page<DiscoveredRepository> {
    try await translated("look at \(path)") {
      let clone = try await LocalClone.open(path, git)
      let repository = try await clone.repository()
      let owners = try await clone.codeOwners(of: repository)
      return Page([DiscoveredRepository(repository: repository, codeOwners: owners)], next: nil)
    }
  }

  public func readHistory(
    _ request: HistoryRequest, receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws -> HistorySummary {
    try await translated("read the history of \(request.repository.name)") {
      let clone = try await LocalClone.open(path, git)
      return try await clone.readHistory(request, receive: receive)
    }
  }

  func translated<Outcome>(_ operation: String, _ body: () async throws -> Outcome) async throws -> Outcome {
    do {
      return try await body()
    } catch let failure as GitFailure {
      throw failure.integrationError(.git, operation: operation)
    }
  }
}
