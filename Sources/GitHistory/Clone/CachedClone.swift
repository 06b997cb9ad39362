import KoalrDomain
import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// One repository's clone in the cache. Its caller holds the folder's lock.
struct CachedClone: Sendable {
  /// Where the newest commit of the default branch is kept.
  static let headRef = "refs/koalr/head"
  /// How far behind the window's beginning the first fetch reaches.
  static let margin: TimeInterval = 86_400

  let git: GitProgram
  let version: GitVersion
  let folder: String
  let remote: GitRemote

  var online: GitProgram.Place { .init(gitFolder: folder, remote: remote) }
  var reader: HistoryReader { HistoryReader(git: git, version: version, place: .init(gitFolder: folder)) }

  func readHistory(
    _ request: HistoryRequest, receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws -> HistorySummary {
    try makeUnlessComplete()
    guard let fetched = try await fetch(request) else {
      return HistorySummary(headSHA: nil, unreadChanges: ChangeRange.unread(request.changes, "The repository has no commits."))
    }
    let boundary = fetched.boundary
    var history = RepositoryHistory(reader: reader, request: request, tip: fetched.tip, detail: .full, boundary: boundary)
    let changes = ChangeComparisons(request.changes, in: fetched.graph, missing: fetched.refused)
    let commits = fetched.window.filter { !boundary.contains($0) }.map(\.rawValue)
    let unfetched = try await fetchBlobs(commits + changes.readable.map(\.comparison), isNew: fetched.isNew)
    if unfetched > 0 { history.detail = .paths }
    var summary = HistorySummary(headSHA: fetched.tip)
    summary.gaps = try await history.readCommits(fetched.window, receive: receive)
    if unfetched > 0 {
      summary.gaps.append(
        SourceGap("renames and line counts", of: request.repository, why: "The server does not hand out the changed files."))
    }
    summary.unreadChanges = try await history.readChanges(changes, receive: receive)
    return summary
  }

  func remove() throws { try remove(folder) }

  private func remove(_ path: String) throws {
    guard FileManager.default.fileExists(atPath: path) else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw IntegrationError(
        .misconfigured, service: git.service, operation: "remove \(path)",
        reason: "It cannot be removed. Check the permissions of the cache folder.", underlying: error)
    }
  }
}

// MARK: making one

extension CachedClone {
  /// Makes an empty clone where none is, or where one was not finished or has become large.
  private func makeUnlessComplete() throws {
    if cachedSince != nil, packCount < ClonedGitHistory.maximumPacks {
      try removeLocks()
      return try restoreConfiguration()
    }
    try remove()
    do {
      // The least that git takes for a repository (gitrepository-layout), without a program for it.
      for name in ["objects", "refs"] {
        try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: true)
      }
    } catch {
      throw cannotWrite(error)
    }
    try write("ref: refs/heads/none\n", to: "HEAD")
    try restoreConfiguration()
  }

  /// Writes the configuration anew: fetching with a filter makes git note there that the clone is partial, after which it would ask
  /// the server for everything that is missing.
  func restoreConfiguration() throws {
    let present = try FileBytes.read("\(folder)/config", limit: Self.configuration.utf8.count + 1)
    if !present.elementsEqual(Self.configuration.utf8) { try write(Self.configuration, to: "config") }
  }

  /// The clone's whole configuration: no address, no credential, and no word of being partial, so that reading never goes to a server.
  private static let configuration = """
    [core]
    \trepositoryformatversion = 0
    \tbare = true

    """

  /// How far back the clone reaches; `nil` until it was fetched whole for the first time.
  var cachedSince: Date? {
    guard let bytes = try? FileBytes.read("\(folder)/koalr-since", limit: 32), !bytes.isEmpty else { return nil }
    return Double(String(decoding: bytes, as: UTF8.self)).map { Date(timeIntervalSince1970: $0) }
  }

  func markComplete(since: Date) throws {
    try write("\(Int64(min(max(since.timeIntervalSince1970, 0), 1e12)))", to: "koalr-since")
  }

  /// The commits whose parents the clone lacks; in a bare repository git lists them here.
  func boundary() throws -> Set<CommitID> { try HistoryReader.boundary(in: "\(folder)/shallow") }

  /// The newest commit that was fetched; `nil` when there is none. It lies in a file of its own, because nothing here packs references.
  func head() throws -> CommitID? {
    let bytes = try FileBytes.read("\(folder)/\(Self.headRef)", limit: 128)
    return CommitID(rawValue: String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self))
  }

  func write(_ text: String, to name: String) throws {
    do {
      try FileBytes.replace("\(folder)/\(name)", with: text)
    } catch {
      throw cannotWrite(error)
    }
  }

  private func cannotWrite(_ error: any Error) -> IntegrationError {
    IntegrationError(
      .misconfigured, service: git.service, operation: "write to the cached clone \(folder)",
      reason: "The cache folder cannot be written. Check its permissions and free space.", underlying: error)
  }

  private var packCount: Int {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/objects/pack")) ?? []
    return files.count { $0.hasSuffix(".pack") }
  }

  /// Locks of a git that was killed; ours is held, so nobody else has them.
  private func removeLocks() throws {
    for name in ["shallow.lock", "HEAD.lock", "config.lock", "packed-refs.lock", "\(Self.headRef).lock"] {
      try removeFile(name)
    }
  }

  func removeFile(_ name: String) throws { try remove("\(folder)/\(name)") }
}
