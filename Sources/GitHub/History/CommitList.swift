import KoalrDomain
import KoalrIntegrationProtocols

/// The commits of a repository's window, read page by page over GraphQL.
struct CommitList {
  /// The most commits of one repository that are listed.
  static let maximumCommits = 200_000

  /// The newest commit of the default branch; `nil` for an empty repository.
  private(set) var head: CommitID?
  /// The commits, newest first, without files.
  private(set) var commits: [Commit] = []
  /// What is missing.
  private(set) var gaps: [SourceGap] = []

  private let request: HistoryRequest
  private var seen: Set<CommitID> = []
  private var unreadable = 0

  /// Reads the whole list.
  init(_ request: HistoryRequest, graphQL: GraphQLClient, limit: WorkLimit) async throws {
    self.request = request
    var position: HistoryQuery.Position?
    repeat {
      let answer = try await Self.ask(request, at: position, graphQL, limit)
      position = try take(answer, at: position)
    } while position != nil
    if unreadable > 0 { note("\(unreadable) commits", Advice.unreadable) }
    // Stable, so that commits of one moment stay as GitHub has them, a child before its parent.
    commits = commits.enumerated().sorted {
      ($0.element.committedAt, $1.offset) > ($1.element.committedAt, $0.offset)
    }.map(\.element)
  }

  private static func ask(
    _ request: HistoryRequest, at position: HistoryQuery.Position?, _ graphQL: GraphQLClient, _ limit: WorkLimit
  ) async throws -> GraphQLAnswer<HistoryWire> {
    while true {
      let size = limit.current
      let query = HistoryQuery.make(request.repository, since: request.since, size: size, at: position)
      // A single one cannot be asked for in smaller pieces, only again.
      guard size > 1 else { return try await graphQL.askWhole(query, for: HistoryWire.self) }
      switch try await graphQL.ask(query, for: HistoryWire.self) {
      case .answered(let answer) where !answer.errors.contains(where: \.isOverload):
        limit.answered(size)
        return answer
      default: limit.tooMuch(size)
      }
    }
  }

  /// Keeps a page and returns where the next one begins.
  private mutating func take(
    _ answer: GraphQLAnswer<HistoryWire>, at position: HistoryQuery.Position?
  ) throws -> HistoryQuery.Position? {
    let repository = answer.data.repository
    let tip = position == nil ? repository?.branch?.target : repository?.tip
    if position == nil, repository != nil, repository?.branch == nil, answer.errors.isEmpty { return nil }
    guard let tip, let nodes = tip.history?.nodes, let oid = tip.oid.flatMap(CommitID.init(rawValue:)) else {
      throw missing(answer)
    }
    if let error = answer.errors.first { note("some commits", error.reason) }
    head = head ?? oid
    for node in nodes { keep(node) }
    guard tip.history?.pageInfo?.hasNextPage == true else { return nil }
    guard let next = tip.history?.nextCursor, next != position?.cursor else {
      note("further commits", tip.history?.nextCursor == nil ? Advice.leftOut : Advice.repeatedCursor)
      return nil
    }
    guard commits.count < Self.maximumCommits else {
      note("further commits", Advice.tooManyPages)
      return nil
    }
    return HistoryQuery.Position(tip: head ?? oid, cursor: next)
  }

  private mutating func keep(_ node: HistoryCommitWire?) {
    guard let commit = node?.commit(of: request.repository) else { return unreadable += 1 }
    guard commit.committedAt >= request.since, seen.insert(commit.sha).inserted else { return }
    commits.append(commit)
  }

  private mutating func note(_ what: String, _ why: String) {
    gaps.append(SourceGap(what, of: request.repository, why: why))
  }

  private func missing(_ answer: GraphQLAnswer<HistoryWire>) -> IntegrationError {
    let operation = "list commits of \(request.repository.name)"
    return answer.errors.first?.asIntegrationError(operation: operation)
      ?? IntegrationError(.unexpectedResponse, service: .gitHub, operation: operation, reason: Advice.leftOut, retry: .soon)
  }
}
