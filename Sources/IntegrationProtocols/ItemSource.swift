public import KoalrDomain

/// A code host that can be asked for single things again: what an event named, or what a list does not bring back.
///
/// *Using one:* ask for what may have changed, and take an answer of `nil` for the news that it is gone.
/// *Writing one:* answer as many requests from the front as fit into one call, at least one. An item comes as complete as its list
/// brings it, so that a store cannot tell which way it came.
public protocol ItemSource: Sendable {
  /// Returns repositories with their CODEOWNERS.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func repositories(again ids: [RepositoryID]) async throws -> [ItemAnswer<DiscoveredRepository>]

  /// Returns changes, complete but for their files.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func changes(again requests: [ItemRequest]) async throws -> [ItemAnswer<Change>]

  /// Returns the checks of changes' newest commits, for changes that nothing else happened to: the cheapest question there is.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func checks(again requests: [ItemRequest]) async throws -> [ItemAnswer<[Check]>]

  /// Returns deployments with their statuses.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func deployments(again requests: [ItemRequest]) async throws -> [ItemAnswer<Deployment>]

  /// Returns tickets.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func issues(again requests: [ItemRequest]) async throws -> [ItemAnswer<Issue>]
}

/// A question for one thing of a repository.
public struct ItemRequest: Sendable, Hashable {
  /// The repository it belongs to.
  public var repository: Repository
  /// The source's stable id of the thing.
  public var id: SourceID

  /// Makes a question.
  public init(repository: Repository, id: SourceID) {
    self.repository = repository
    self.id = id
  }
}

/// The answer to a question for one thing.
public struct ItemAnswer<Element: Sendable>: Sendable {
  /// The thing that was asked for.
  public var id: SourceID
  /// The thing; `nil` when it is gone, or hidden from the credential as if it were; or why it could not be read although others were.
  public var result: Result<Element?, IntegrationError>
  /// What belongs to it and was not given.
  public var gaps: [SourceGap]

  /// Makes an answer.
  public init(id: SourceID, result: Result<Element?, IntegrationError>, gaps: [SourceGap] = []) {
    self.id = id
    self.result = result
    self.gaps = gaps
  }
}
