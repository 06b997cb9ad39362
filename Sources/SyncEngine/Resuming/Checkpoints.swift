import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

/// What the checkpoints of a run belong to.
extension SourceID {
  /// The run itself.
  static let run = SourceID(unchecked: "run")
  static let repositories = SourceID(unchecked: "repositories")
  static let people = SourceID(unchecked: "people")
  static let findings = SourceID(unchecked: "findings")

  static func part(_ part: SyncPart, of repository: RepositoryID) -> SourceID {
    SourceID(unchecked: "\(part.rawValue)/\(repository)")
  }

  /// The packages of a repository's open changes; nothing remembers how far they were asked about but the answers.
  static func dependencies(of repository: RepositoryID) -> SourceID { SourceID(unchecked: "dependencies/\(repository)") }

  /// The first look at a repository's open changes.
  static func firstLook(at repository: RepositoryID) -> SourceID { SourceID(unchecked: "open changes/\(repository)") }
}

/// Where an interrupted run left a part.
enum Resumption: Equatable {
  /// Nothing of it can be used.
  case beginning
  /// Read until here, without gaps.
  case place(Cursor)
  /// Read whole, without gaps.
  case done
}

extension SyncEngine {
  /// The checkpoint behind a page, with the gaps that its part has until now.
  func checkpoint(
    _ scope: SourceID, after cursor: Cursor?, since: Date? = nil, earlier: SyncCheckpoint.Span? = nil
  ) -> SyncCheckpoint {
    SyncCheckpoint(
      scope: scope, cursor: cursor?.rawValue, complete: cursor == nil, since: since, time: clock.now(),
      gaps: gaps.count(in: scope), earlier: earlier)
  }

  /// Returns where the interrupted run left a part.
  ///
  /// A part with gaps begins again, because the gaps were told to a run that nobody heard the end of: now they are mended or told
  /// again. So does one of another window, which another process can have left meanwhile.
  func resumption(of scope: SourceID, connection: ConnectionID, world: SyncWorld) async throws -> Resumption {
    guard world.isResumed, let checkpoint = try await store.checkpoint(scope, connection: connection),
      checkpoint.since == world.window.since, checkpoint.gaps == 0
    else { return .beginning }
    if checkpoint.complete { return .done }
    return checkpoint.cursor.map { .place(Cursor($0)) } ?? .beginning
  }
}
