import KoalrDomain
import KoalrIntegrationProtocols

extension CachedClone {
  /// The steps by which history is deepened until merge bases appear; after them all of it is fetched, without contents.
  static let deepenings = [8, 64, 512]
  /// The most commits that a server may refuse before the rest is given up.
  static let maximumRefusals = 64
  /// The most contents asked for in one request.
  static let maximumBlobsInRequest = 20_000

  /// What the clone has of a request.
  struct Fetched: Sendable {
    /// The newest commit.
    var tip: CommitID
    /// The commits whose parents are missing.
    var boundary: Set<CommitID>
    /// The commits of the window, newest first.
    var window: [CommitID]
    /// What the newest commit and the ends of the changes lead to.
    var graph: CommitGraph
    /// The ends that the server does not have any more.
    var refused: Set<CommitID>
    /// Whether the clone was made just now, so that it has no contents yet.
    var isNew = false
  }

  /// Brings the clone up to date with the server, as far as the request needs.
  ///
  /// - Returns: what it has then; `nil` for a repository without commits.
  func fetch(_ request: HistoryRequest) async throws -> Fetched? {
    let since = min(request.since.addingTimeInterval(-Self.margin), cachedSince ?? .distantFuture)
    let isNew = cachedSince == nil
    let doubtful: Set<CommitID>? =
      if try isCurrent(request, since: since) { [] } else { try await fetchWindow(request, since: since) }
    guard let doubtful else { return nil }
    let ends = Set(request.changes.flatMap { [$0.headSHA, $0.baseSHA] })
    let missing = try await reader.missing(ends.union(doubtful))
    try forgetBoundary(missing.intersection(doubtful))
    let refused = try await fetchEnds(missing.intersection(ends))
    guard let tip = try head() else { return nil }
    var fetched = try await deepen(request, from: tip, refused: refused)
    fetched.isNew = isNew
    if cachedSince != since { try markComplete(since: since) }
    return fetched
  }

  /// Whether the newest commit that discovery saw is here already.
  private func isCurrent(_ request: HistoryRequest, since: Date) throws -> Bool {
    guard let head = request.repository.headSHA, let cachedSince, cachedSince <= since else { return false }
    return try self.head() == head
  }

  /// Fetches the default branch from `since` on.
  ///
  /// - Returns: commits of the new boundary that may not be here; `nil` for an empty repository.
  private func fetchWindow(_ request: HistoryRequest, since: Date) async throws -> Set<CommitID>? {
    let source = request.repository.defaultBranch.map { "refs/heads/\($0)" } ?? "HEAD"
    guard source.utf8.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "*") && $0 != 0x7F }) else {
      throw IntegrationError(
        .misconfigured, service: git.service, operation: "clone \(request.repository.name)",
        reason: "Its default branch has a name that git does not allow.")
    }
    let wants = ["+\(source):\(Self.headRef)"]
    do {
      return try await fetch(wants, depth: try windowDepth(since))
    } catch let failure as GitFailure where failure.cause == .missingRef {
      guard request.repository.headSHA == nil else { throw failure }
      return nil
    } catch let failure as GitFailure where failure.cause == .other || failure.cause == .unreachable {
      // A branch without a commit since then: servers answer with an error, or hang up.
      return try await fetch(wants, depth: ["--depth=1"])
    }
  }

  private func windowDepth(_ since: Date) throws -> [String] {
    let seconds = since.timeIntervalSince1970
    let isWhole = cachedSince == nil ? false : try boundary().isEmpty
    return seconds <= 0 || isWhole ? [] : ["--shallow-since=@\(Int64(min(seconds, 1e12))) +0000"]
  }

  /// Fetches ends of changes that are missing, without their history.
  ///
  /// - Returns: the commits that the server refused.
  private func fetchEnds(_ missing: Set<CommitID>) async throws -> Set<CommitID> {
    var wanted = missing
    var refused: Set<CommitID> = []
    while !wanted.isEmpty {
      do {
        try await fetchCommits(wanted, depth: "--depth=1")
        return refused
      } catch let failure as GitFailure where failure.cause == .missingObject {
        guard let name = wanted.first(where: { failure.text.contains($0.rawValue) }), refused.count < Self.maximumRefusals else {
          return refused.union(wanted)
        }
        wanted.remove(name)
        refused.insert(name)
      }
    }
    return refused
  }

  /// Fetches older commits until no commit of the window lacks its parents and every change has its merge base.
  private func deepen(_ request: HistoryRequest, from tip: CommitID, refused: Set<CommitID>) async throws -> Fetched {
    var fetched = try await survey(request, from: tip, refused: refused)
    for step in Self.deepenings.map({ "--deepen=\($0)" }) + ["--depth=2147483647"] {
      let wants = Self.shallowEnds(fetched, request.changes)
      if wants.isEmpty { break }
      try await fetchCommits(wants, depth: step)
      fetched = try await survey(request, from: tip, refused: refused)
    }
    return fetched
  }

  /// Looks at what is there.
  private func survey(_ request: HistoryRequest, from tip: CommitID, refused: Set<CommitID>) async throws -> Fetched {
    let boundary = try boundary()
    let ends = Set(request.changes.flatMap { [$0.headSHA, $0.baseSHA] }).subtracting(refused)
    let graph = try await reader.graph(of: ends.union([tip]), boundary: boundary)
    return Fetched(
      tip: tip, boundary: boundary, window: graph.window(from: tip, since: request.since), graph: graph, refused: refused)
  }

  /// The commits whose history has to reach further back.
  private static func shallowEnds(_ fetched: Fetched, _ changes: [ChangeRange]) -> Set<CommitID> {
    guard !fetched.boundary.isEmpty else { return [] }
    var wants: Set<CommitID> = []
    if fetched.window.contains(where: fetched.boundary.contains) { wants.insert(fetched.tip) }
    var graph = fetched.graph
    for range in changes where !fetched.refused.contains(range.headSHA) && !fetched.refused.contains(range.baseSHA) {
      if case .found = graph.mergeBase(range.baseSHA, range.headSHA) { continue }
      wants.formUnion([range.baseSHA, range.headSHA])
    }
    return wants
  }

  /// Fetches the contents that the comparisons need and the clone lacks; a new one lacks all.
  ///
  /// - Returns: how many the server would not give.
  func fetchBlobs(_ comparisons: [String], isNew: Bool) async throws -> Int {
    let needed = try await reader.blobs(of: comparisons)
    let absent = if isNew { needed } else { try await reader.missing(needed) }
    let missing = absent.sorted().map(\.rawValue)
    do {
      for start in stride(from: 0, to: missing.count, by: Self.maximumBlobsInRequest) {
        let piece = Array(missing[start..<min(start + Self.maximumBlobsInRequest, missing.count)])
        // Without negotiation: it would tell the server that we have the commits, and so the contents.
        try await fetch(piece, depth: [], configuration: ["-c", "fetch.negotiationAlgorithm=noop"])
      }
      return 0
    } catch let failure as GitFailure where failure.cause == .missingObject {
      return missing.count
    }
  }

  /// Fetches commits by their names, and forgets what the server names as their boundary and does not send.
  private func fetchCommits(_ wants: Set<CommitID>, depth: String) async throws {
    let doubtful = try await fetch(wants.sorted().map(\.rawValue), depth: [depth])
    try forgetBoundary(try await reader.missing(doubtful))
  }

  /// Fetches.
  ///
  /// - Returns: commits of the new boundary that may not be here: neither were they in the old one nor were they asked for.
  @discardableResult
  private func fetch(_ wants: [String], depth: [String], configuration: [String] = []) async throws -> Set<CommitID> {
    let arguments =
      configuration + [
        "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-maintenance", "--no-recurse-submodules",
        "--filter=blob:none", "--stdin",
      ] + depth + ["--", GitRemote.name]
    let started = ContinuousClock.now
    let known = try boundary()
    do {
      _ = try await git.answer(arguments, in: online, input: HistoryReader.lines(wants))
    } catch {
      try restoreConfiguration()
      throw error
    }
    try restoreConfiguration()
    git.observer.observe(
      .request(
        service: git.service, resource: "git", operation: "fetch \(wants.count) objects", status: nil, duration: .now - started))
    return depth.isEmpty ? [] : try boundary().subtracting(known).subtracting(wants.compactMap(CommitID.init(rawValue:)))
  }

  /// Takes commits that are not here out of the list of those without parents.
  ///
  /// A server cuts a merge with one parent before the window off from both; it names the other parent as an end as well and does
  /// not send it. The next deepening would stop at such an entry.
  private func forgetBoundary(_ absent: Set<CommitID>) throws {
    guard !absent.isEmpty else { return }
    let lines = try boundary().subtracting(absent).sorted().map { "\($0)\n" }
    if lines.isEmpty {
      try removeFile("shallow")
    } else {
      try write(lines.joined(), to: "shallow")
    }
  }
}
