public import KoalrCore

/// The promises of an `IncidentSource`.
///
/// The tool should have incidents on several pages, some of them over before `since`, in and beside the repositories. Every check
/// makes its own source.
public struct IncidentSourceContract: Sendable {
  private let repositories: [Repository]
  private let since: Date
  private let make: @Sendable () async throws -> any IncidentSource

  /// Makes the contract.
  ///
  /// - Parameters:
  ///   - repositories: those that are asked about.
  ///   - since: the beginning of the window.
  ///   - source: makes the source.
  public init(
    in repositories: [Repository], since: Date, source: @escaping @Sendable () async throws -> any IncidentSource
  ) {
    self.repositories = repositories
    self.since = since
    make = source
  }

  // swift-format-ignore: AllPublicDeclarationsHaveDocumentation (the sentences are the documentation)
  /// Something that every source of incidents keeps.
  public enum Promise: String, CaseIterable, Sendable, CustomStringConvertible {
    case ends = "The pages of incidents end."
    case uniqueIDs = "No incident comes twice."
    case onlyWhatMatters = "An incident began or ended within the time that was asked for."
    case belongs = "An incident is in a repository that was asked about, or in none that is known."
    case saysWhoReports = "An incident's source is the tool, none of those that the engine derives."
    case standsForItself = "An incident is not joined with others: the engine does that."
    case confidenceIsAShare = "A confidence is from 0 to 1."
    case endsAfterItBegan = "No incident ends before it began."
    case cancels = "A cancelled call throws CancellationError."

    /// The promise as a sentence.
    public var description: String { rawValue }
  }

  /// Checks one promise on a new source.
  ///
  /// - Throws: ``BrokenPromise``, or what the source throws.
  public func check(_ promise: Promise) async throws {
    let (known, since) = (Set(repositories.map(\.id)), since)
    switch promise {
    case .ends: _ = try await incidents()
    case .uniqueIDs: try ContractCheck.unique(promise.rawValue, try await incidents().map(\.id.rawValue))
    case .onlyWhatMatters: try await checkEach(promise) { max($0.startedAt, $0.resolvedAt ?? .distantPast) >= since }
    case .belongs: try await checkEach(promise) { $0.repositoryID.map(known.contains) ?? true }
    case .saysWhoReports: try await checkEach(promise) { ![.deployment, .issue, .revert].contains($0.source) }
    case .standsForItself: try await checkEach(promise) { $0.sameAs == nil && $0.combinedConfidence == nil }
    case .confidenceIsAShare: try await checkEach(promise) { (0...1).contains($0.confidence) }
    case .endsAfterItBegan: try await checkEach(promise) { $0.resolvedAt ?? $0.startedAt >= $0.startedAt }
    case .cancels: try await checkCancels()
    }
  }

  private func checkEach(_ promise: Promise, _ isKept: (Incident) -> Bool) async throws {
    for incident in try await incidents() {
      try ContractCheck.require(isKept(incident), promise.rawValue, "It does not hold for \(incident.id).")
    }
  }

  private func checkCancels() async throws {
    let (source, directory, since) = (try await make(), RepositoryDirectory(repositories), since)
    try await ContractCheck.cancelled(Promise.cancels.rawValue) {
      _ = try await source.incidents(in: directory, since: since, after: nil)
    }
  }

  private func incidents() async throws -> [Incident] {
    let (source, directory) = (try await make(), RepositoryDirectory(repositories))
    return try await ContractCheck.pages(Promise.ends.rawValue) {
      try await source.incidents(in: directory, since: since, after: $0)
    }.flatMap(\.elements)
  }
}
