public import KoalrCore

/// The promises of a `CoverageSource`.
///
/// `repository` should have a trend, changes on several pages and a newest report with files; `unknown` is one that the service
/// has never heard of. Every check makes its own source.
public struct CoverageSourceContract: Sendable {
  let repository: Repository
  let unknown: Repository
  let since: Date
  let now: Date
  let make: @Sendable () async throws -> any CoverageSource
  let makeDead: (@Sendable () async throws -> any CoverageSource)?

  /// Makes the contract.
  ///
  /// - Parameters:
  ///   - repository: one that has coverage.
  ///   - unknown: one that the service has never heard of.
  ///   - since: the beginning of the trend and of the window of changes.
  ///   - now: the end of the trend.
  ///   - deadCredential: makes the same source with a credential that the service does not know; without one, that promise is
  ///     not checked.
  ///   - source: makes the source.
  public init(
    of repository: Repository, unknown: Repository, since: Date, now: Date,
    deadCredential: (@Sendable () async throws -> any CoverageSource)? = nil,
    source: @escaping @Sendable () async throws -> any CoverageSource
  ) {
    self.repository = repository
    self.unknown = unknown
    self.since = since
    self.now = now
    makeDead = deadCredential
    make = source
  }

  // swift-format-ignore: AllPublicDeclarationsHaveDocumentation (the sentences are the documentation)
  /// Something that every coverage source keeps.
  public enum Promise: String, CaseIterable, Sendable, CustomStringConvertible {
    case deadCredentialIsAnAnswer = "A dead credential is an answer of the connection test, not an error."
    case listsOnce = "The pages of repositories end, and none comes twice."
    case unknownIsAbsent = "A repository or commit that the service does not know is absent, not an error."
    case trendIsADayEach = "A trend has one point for each day, oldest first, within the days that were asked for."
    case changesComeOnce = "The pages of changes end, and none comes twice."
    case changesEndAtSince = "No page follows one whose changes are all older than was asked for."
    case filesComeOnce = "No file of a commit comes twice."
    case figuresArePossible = "Lines that tests run are among the lines there are."
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
    case .deadCredentialIsAnAnswer:
      if let makeDead { try await ContractCheck.deadCredential(promise.rawValue, try await makeDead()) }
    case .listsOnce: try await checkListsOnce(source)
    case .unknownIsAbsent: try await checkUnknownIsAbsent(source)
    case .trendIsADayEach: try await checkTrend(source)
    case .changesComeOnce: try await checkChangesComeOnce(source)
    case .changesEndAtSince: try await checkChangesEndAtSince(source)
    case .filesComeOnce: try ContractCheck.unique(promise.rawValue, try await files(source).map(\.path))
    case .figuresArePossible: try await checkFigures(source)
    case .cancels: try await checkCancels(source)
    }
  }
}
