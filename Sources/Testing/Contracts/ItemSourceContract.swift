public import KoalrCore

/// The promises of an `ItemSource`: single things come as their lists bring them.
///
/// The source should have more things than fit into one call. Every check makes its own source.
public struct ItemSourceContract: Sendable {
  let expected: Expected
  let gone: SourceID
  let make: @Sendable () async throws -> any ItemSource

  /// What the lists of the same host bring.
  public struct Expected: Sendable {
    /// Repositories, as discovery finds them.
    public var repositories: [DiscoveredRepository]
    /// Changes.
    public var changes: [Change]
    /// Deployments.
    public var deployments: [Deployment]
    /// Tickets.
    public var issues: [Issue]

    /// Makes a set of things; all of them belong to the repositories.
    public init(repositories: [DiscoveredRepository], changes: [Change], deployments: [Deployment], issues: [Issue]) {
      self.repositories = repositories
      self.changes = changes
      self.deployments = deployments
      self.issues = issues
    }
  }

  /// Makes the contract.
  ///
  /// - Parameters:
  ///   - expected: what the source has to answer.
  ///   - gone: an id, well formed for the source, behind which there is nothing.
  ///   - source: makes the source.
  public init(
    _ expected: Expected, gone: SourceID, source: @escaping @Sendable () async throws -> any ItemSource
  ) {
    self.expected = expected
    self.gone = gone
    make = source
  }

  // swift-format-ignore: AllPublicDeclarationsHaveDocumentation (the sentences are the documentation)
  /// Something that every source of single things keeps.
  public enum Promise: String, CaseIterable, Sendable, CustomStringConvertible {
    case answersTheFirst = "However many things are asked for, the first of them is answered."
    case answersFromTheFront = "The things that are answered are those at the front, in the order they were asked for."
    case asTheLists = "A thing that is asked for again is equal to what its list brings."
    case checksAsTheLists = "The checks of a change are those that its list brings."
    case rollupsAsTheChecks = "A verdict over the checks of a change is that of the checks its list brings."
    case goneIsNil = "A thing that is gone is nil and does not spoil the others."
    case cancels = "A cancelled call throws CancellationError."

    /// The promise as a sentence.
    public var description: String { rawValue }
  }

  /// Checks one promise on a new source.
  ///
  /// - Throws: ``BrokenPromise``, or what the source throws.
  public func check(_ promise: Promise) async throws {
    let source = try await make()
    switch promise {
    case .answersTheFirst: try await checkAnswersTheFirst(source)
    case .answersFromTheFront: try await checkAnswersFromTheFront(source)
    case .asTheLists: try await checkAsTheLists(source)
    case .checksAsTheLists: try await checkChecks(source)
    case .rollupsAsTheChecks: try await checkRollups(source)
    case .goneIsNil: try await checkGone(source)
    case .cancels: try await checkCancels(source)
    }
  }
}
