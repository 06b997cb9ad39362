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
  }

  /// Brings the clone up to date with the server, as far as the request needs.
  ///
  /// - Returns: what it has then; `nil` for a repository without commits.
  func fetch(_ request: HistoryRequest) async throws -> Fetched? {
    let since = min(request.since.addingTimeInterval(-Self.margin), cachedSince ?? .distantFuture)
    if try await !isCurrent(request, since: since) {
      guard try await fetchWindow(request, since: since) else { return nil }
    }
    let refused = try await fetchEnds(request.changes)
    guard let tip = try await reader.commit(Self.headRef) else { return nil }
    let fetched = try await deepen(request, from: tip, refused: refused)
    if cachedSince != since { try markComplete(since: since) }
    return fetched
  }

  /// Whether the newest commit that discovery saw is here already.
  private func isCurrent(_ request: HistoryRequest, since: Date) async throws -> Bool {
    guard let head = request.repository.headSHA, let cachedSince, cachedSince <= since else { return false }
    return try await reader.commit(Self.headRef) == head
  }

  /// Fetches the default branch from `since` on.
  ///
  /// - Returns: false for an empty repository.
  private func fetchWindow(_ request: HistoryRequest, since: Date) async throws -> Bool {
    let source = request.repository.defaultBranch.map { "refs/heads/\($0)" } ?? "HEAD"
    guard source.utf8.allSatisfy({ $0 > 0x20 && $0 != UInt8(ascii: ":") && $0 != UInt8(ascii: "*") && $0 != 0x7F }) else {
      throw IntegrationError(
        .misconfigured, service: git.service, operation: "clone \(request.repository.name)",
        reason: "Its default branch has a name that git does not allow.")
    }
    let wants = ["+\(source):\(Self.headRef)"]
    do {
      try await fetch(wants, depth: try await windowDepth(since))
      return true
    } catch let failure as GitFailure where failure.cause == .missingRef {
      guard request.repository.headSHA == nil else { throw failure }
      return false
    } catch let failure as GitFailure where failure.cause == .other || failure.cause == .unreachable {
      // A branch without a commit since then: servers answer with an error, or hang up.
      try await fetch(wants, depth: ["--depth=1"])
      return true
    }
  }

  private func windowDepth(_ since: Date) async throws -> [String] {
    let seconds = since.timeIntervalSince1970
    let isWhole = cachedSince == nil ? false : try boundary().isEmpty
    return seconds <= 0 || isWhole ? [] : ["--shallow-since=@\(Int64(min(seconds, 1e12))) +0000"]
  }

  /// Fetches the two ends of changes where they are missing, without their history.
  ///
  /// - Returns: the commits that the server refused.
  private func fetchEnds(_ changes: [ChangeRange]) async throws -> Set<CommitID> {
    var wanted = try await reader.missing(Set(changes.flatMap { [$0.headSHA, $0.baseSHA] }))
    var refused: Set<CommitID> = []
    while !wanted.isEmpty {
      do {
        try await fetch(wanted.sorted().map(\.rawValue), depth: ["--depth=1"])
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
      try await fetch(wants.sorted().map(\.rawValue), depth: [step])
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

  /// Fetches the contents that the comparisons need and the clone lacks.
  ///
  /// - Returns: how many the server would not give.
  func fetchBlobs(_ comparisons: [String]) async throws -> Int {
    let missing = try await reader.missing(reader.blobs(of: comparisons)).sorted().map(\.rawValue)
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

  private func fetch(_ wants: [String], depth: [String], configuration: [String] = []) async throws {
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
    if !depth.isEmpty { try await forgetAbsentBoundary(except: known.union(wants.compactMap(CommitID.init(rawValue:)))) }
    git.observer.observe(
      .request(
        service: git.service, resource: "git", operation: "fetch \(wants.count) objects", status: nil, duration: .now - started))
  }

  /// Takes commits that are not here out of the list of those without parents.
  ///
  /// A server cuts a merge with one parent before the window off from both; it names the other parent as an end as well and does
  /// not send it. The next deepening would stop at such an entry.
  ///
  /// - Parameter present: commits that are here: those that were before, and those that were asked for.
  private func forgetAbsentBoundary(except present: Set<CommitID>) async throws {
    let boundary = try boundary()
    let absent = try await reader.missing(boundary.subtracting(present))
    guard !absent.isEmpty else { return }
    let lines = boundary.subtracting(absent).sorted().map { "\($0)\n" }
    if lines.isEmpty {
      try removeFile("shallow")
    } else {
      try write(lines.joined(), to: "shallow")
    }
  }
}
