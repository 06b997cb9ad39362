public import KoalrCore

/// The promises of a `FileListSource`.
///
/// The repository should have files in folders and at the top. Every check makes its own source.
public struct FileListSourceContract: Sendable {
  private let repository: Repository
  private let make: @Sendable () async throws -> any FileListSource

  /// Makes the contract.
  ///
  /// - Parameters:
  ///   - repository: the one that is asked about.
  ///   - source: makes the source.
  public init(of repository: Repository, source: @escaping @Sendable () async throws -> any FileListSource) {
    self.repository = repository
    make = source
  }

  // swift-format-ignore: AllPublicDeclarationsHaveDocumentation (the sentences are the documentation)
  /// Something that every source of file lists keeps.
  public enum Promise: String, CaseIterable, Sendable, CustomStringConvertible {
    case lists = "A repository with files has a list of them."
    case once = "No file comes twice."
    case files = "A path is that of a file from the top of the repository: no folder, and no slash around it."
    case same = "The same commit has the same files."
    case cancels = "A cancelled call throws CancellationError."

    /// The promise as a sentence.
    public var description: String { rawValue }
  }

  /// Checks one promise on a new source.
  ///
  /// - Throws: ``BrokenPromise``, or what the source throws.
  public func check(_ promise: Promise) async throws {
    switch promise {
    case .lists: try ContractCheck.require(try await paths().isEmpty == false, promise.rawValue, "The list is empty.")
    case .once: try ContractCheck.unique(promise.rawValue, try await paths())
    case .files: try checkFiles(try await paths())
    case .same:
      try ContractCheck.require(
        Set(try await paths()) == Set(try await paths()), promise.rawValue, "The second answer is another one.")
    case .cancels:
      let (source, repository) = (try await make(), repository)
      try await ContractCheck.cancelled(promise.rawValue) { _ = try await source.paths(of: repository) }
    }
  }

  private func checkFiles(_ paths: [String]) throws {
    let all = Set(paths)
    for path in paths {
      let parts = path.split(separator: "/", omittingEmptySubsequences: false)
      try ContractCheck.require(parts.allSatisfy { !$0.isEmpty }, Promise.files.rawValue, "\"\(path)\" is none.")
      for length in 1..<max(1, parts.count) {
        let folder = parts.prefix(length).joined(separator: "/")
        try ContractCheck.require(!all.contains(folder), Promise.files.rawValue, "\(folder) is the folder of \(path).")
      }
    }
  }

  private func paths() async throws -> [String] {
    guard let paths = try await make().paths(of: repository) else {
      throw BrokenPromise(Promise.lists.rawValue, "It cannot list all of them.")
    }
    return paths
  }
}
