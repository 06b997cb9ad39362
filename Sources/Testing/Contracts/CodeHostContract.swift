public import KoalrCore

/// The promises of a `CodeHost`: its connection test and its discovery of repositories.
///
/// The host should see several pages of repositories. Every check makes its own host.
public struct CodeHostContract: Sendable {
  private let make: @Sendable () async throws -> any CodeHost
  private let makeDead: (@Sendable () async throws -> any CodeHost)?

  /// Makes the contract.
  ///
  /// - Parameters:
  ///   - deadCredential: makes the same host with a credential that the service does not know; without one, that promise is
  ///     not checked.
  ///   - host: makes the host.
  public init(
    deadCredential: (@Sendable () async throws -> any CodeHost)? = nil, host: @escaping @Sendable () async throws -> any CodeHost
  ) {
    make = host
    makeDead = deadCredential
  }

  // swift-format-ignore: AllPublicDeclarationsHaveDocumentation (the sentences are the documentation)
  /// Something that every code host keeps.
  public enum Promise: String, CaseIterable, Sendable, CustomStringConvertible {
    case saysWhoItIs = "A connection that works says whose account it is."
    case deadCredentialIsAnAnswer = "A dead credential is an answer of the connection test, not an error."
    case ends = "The pages of repositories end."
    case uniqueIDs = "No repository comes twice."
    case headsAreWhole = "A repository has a default branch and its newest commit, or neither."
    case codeOwnersBelong = "A CODEOWNERS file belongs to the repository that it came with and lies where such files lie."
    case briefIsTheSame = "A brief list with the times added is the whole list."
    case cancels = "A cancelled call throws CancellationError."

    /// The promise as a sentence.
    public var description: String { rawValue }
  }

  /// Checks one promise on a new host.
  ///
  /// - Throws: ``BrokenPromise``, or what the host throws.
  public func check(_ promise: Promise) async throws {
    switch promise {
    case .saysWhoItIs: try await checkSaysWhoItIs()
    case .deadCredentialIsAnAnswer:
      if let makeDead { try await ContractCheck.deadCredential(promise.rawValue, try await makeDead()) }
    case .ends: _ = try await repositories()
    case .uniqueIDs: try ContractCheck.unique(promise.rawValue, try await repositories().map(\.repository.id.rawValue))
    case .headsAreWhole: try await checkHeadsAreWhole()
    case .codeOwnersBelong: try await checkCodeOwnersBelong()
    case .briefIsTheSame: try await checkBriefIsTheSame()
    case .cancels: try await checkCancels()
    }
  }

  private func checkSaysWhoItIs() async throws {
    let connection = try await make().testConnection()
    let isNamed = connection.account?.isEmpty == false || connection.status == .failed
    try require(isNamed, .saysWhoItIs, "The status is \(connection.status.rawValue) and the account unknown.")
  }

  private func checkHeadsAreWhole() async throws {
    for found in try await repositories().map(\.repository) {
      try require(
        (found.defaultBranch == nil) == (found.headSHA == nil), .headsAreWhole, "\(found.name) has only one of the two.")
    }
  }

  private func checkCodeOwnersBelong() async throws {
    for found in try await repositories() {
      guard case .found(let snapshot) = found.codeOwners else { continue }
      try require(
        snapshot.repositoryID == found.repository.id, .codeOwnersBelong,
        "\(found.repository.name) came with that of \(snapshot.repositoryID).")
      try require(
        CodeOwnersSnapshot.locations.contains(snapshot.path), .codeOwnersBelong,
        "That of \(found.repository.name) lies at \(snapshot.path).")
    }
  }

  private func checkBriefIsTheSame() async throws {
    guard let host = try await make() as? any QuickDiscovery else { return }
    let promise = Promise.briefIsTheSame
    let brief = try await ContractCheck.pages(promise.rawValue) { try await host.repositoriesInBrief(after: $0) }
      .flatMap(\.elements)
    var complete: [Repository] = []
    while complete.count < brief.count {
      let rest = brief[complete.count...].map(\.repository)
      let answers = try await host.adding(timesTo: rest, since: Date(timeIntervalSince1970: 0))
      try require(!answers.isEmpty, promise, "Nothing was answered about \(rest.count) repositories.")
      complete += answers
    }
    let whole = try await repositories()
    try require(
      Set(complete) == Set(whole.map(\.repository)), promise,
      "\(Set(complete).symmetricDifference(whole.map(\.repository)).count) differ.")
    let owners = Dictionary(brief.map { ($0.repository.id, $0.codeOwners) }, uniquingKeysWith: { first, _ in first })
    try require(
      whole.allSatisfy { owners[$0.repository.id] == $0.codeOwners }, promise, "The CODEOWNERS files are not the same.")
  }

  private func checkCancels() async throws {
    let host = try await make()
    try await ContractCheck.cancelled(Promise.cancels.rawValue) { _ = try await host.repositories(after: nil) }
    try await ContractCheck.cancelled(Promise.cancels.rawValue) { _ = try await host.testConnection() }
  }

  private func repositories() async throws -> [DiscoveredRepository] {
    let host = try await make()
    return try await ContractCheck.pages(Promise.ends.rawValue) { try await host.repositories(after: $0) }.flatMap(\.elements)
  }

  private func require(_ isKept: Bool, _ promise: Promise, _ detail: @autoclosure () -> String) throws {
    try ContractCheck.require(isKept, promise.rawValue, detail())
  }
}
