public import KoalrCore

/// The promises of a source that answers several questions for pages at once: changes, deployments, tickets.
///
/// ```swift
/// @Test(arguments: ChangeSourceContract.Promise.allCases)
/// func `keeps`(_ promise: ChangeSourceContract.Promise) async throws {
///   try await ChangeSourceContract(in: repositories, since: since) { MockAdapters(world).codeHost }.check(promise)
/// }
/// ```
///
/// The repositories should hold elements on several pages, and some that are older than `since`. Every check makes its own source.
public struct PagedSourceContract<Element: Sendable>: Sendable {
  typealias Ask = @Sendable ([RepositoryPageRequest]) async throws -> [RepositoryPage<Element>]

  let repositories: [Repository]
  let since: Date
  let make: @Sendable () async throws -> Ask
  let traits: Traits

  /// What the contract has to know about an element.
  struct Traits: Sendable {
    var id: @Sendable (Element) -> String
    var time: @Sendable (Element) -> Date
    var repository: @Sendable (Element) -> RepositoryID
    var isOpen: @Sendable (Element) -> Bool = { _ in true }
  }

  // swift-format-ignore: AllPublicDeclarationsHaveDocumentation (the sentences are the documentation)
  /// Something that every such source keeps.
  public enum Promise: String, CaseIterable, Sendable, CustomStringConvertible {
    case answersTheFirst = "A call answers at least its first question."
    case answersFromTheFront = "Answers come from the front of the questions, in their order, and none that was not asked."
    case belongs = "Every element belongs to the repository that was asked about."
    case ends = "The pages of a list end."
    case newestFirst = "Elements come newest first."
    case endsAtSince = "No page follows one whose elements are all older than was asked for."
    case uniqueIDs = "No element comes twice."
    case openOnly = "A question for open changes only brings no decided ones."
    case cancels = "A cancelled call throws CancellationError."

    /// The promise as a sentence.
    public var description: String { rawValue }
  }

  /// Checks one promise on a new source.
  ///
  /// - Throws: ``BrokenPromise``, or what the source throws.
  public func check(_ promise: Promise) async throws {
    let ask = try await make()
    switch promise {
    case .answersTheFirst: try await checkAnswersTheFirst(ask)
    case .answersFromTheFront: try await checkAnswersFromTheFront(ask)
    case .belongs: try await checkBelongs(ask)
    case .ends: for repository in repositories { _ = try await pages(ask, of: repository) }
    case .newestFirst: try await checkNewestFirst(ask)
    case .endsAtSince: try await checkEndsAtSince(ask)
    case .uniqueIDs: try await checkUniqueIDs(ask)
    case .openOnly: try await checkOpenOnly(ask)
    case .cancels: try await checkCancels(ask)
    }
  }
}

/// The promises of a `ChangeSource`.
public typealias ChangeSourceContract = PagedSourceContract<Change>
/// The promises of a `DeploymentSource`.
public typealias DeploymentSourceContract = PagedSourceContract<Deployment>
/// The promises of an `IssueTracker`.
public typealias IssueTrackerContract = PagedSourceContract<Issue>

extension PagedSourceContract where Element == Change {
  /// Makes the contract of a change source.
  public init(
    in repositories: [Repository], since: Date, source make: @escaping @Sendable () async throws -> any ChangeSource
  ) {
    self.init(
      repositories: repositories, since: since,
      make: {
        let source = try await make()
        return { try await source.changes($0) }
      },
      traits: Traits(
        id: { $0.id.rawValue }, time: { $0.updatedAt }, repository: { $0.repositoryID }, isOpen: { $0.state == .open }))
  }
}

extension PagedSourceContract where Element == Deployment {
  /// Makes the contract of a deployment source.
  public init(
    in repositories: [Repository], since: Date, source make: @escaping @Sendable () async throws -> any DeploymentSource
  ) {
    self.init(
      repositories: repositories, since: since,
      make: {
        let source = try await make()
        return { try await source.deployments($0) }
      },
      traits: Traits(id: { $0.id.rawValue }, time: { $0.createdAt }, repository: { $0.repositoryID }))
  }
}

extension PagedSourceContract where Element == Issue {
  /// Makes the contract of an issue tracker.
  public init(
    in repositories: [Repository], since: Date, source make: @escaping @Sendable () async throws -> any IssueTracker
  ) {
    self.init(
      repositories: repositories, since: since,
      make: {
        let source = try await make()
        return { try await source.issues($0) }
      },
      traits: Traits(id: { $0.id.rawValue }, time: { $0.updatedAt }, repository: { $0.repositoryID }))
  }
}
