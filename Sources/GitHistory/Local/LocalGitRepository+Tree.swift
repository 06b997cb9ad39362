import KoalrIntegrationProtocols

/// A file of a commit.
public struct CommittedFile: Hashable, Sendable {
  /// Its path.
  public var path: String
  /// Its content.
  public var bytes: [UInt8]

  /// Makes a file.
  public init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

extension LocalGitRepository {
  /// Returns the host that the clone came from, such as `github.com`: that of the remote `origin`. `nil` without one, for a
  /// folder, and where there is no clone. Costs one `git` program.
  ///
  /// - Throws: `IntegrationError`, `CancellationError`.
  public func host() async throws -> String? {
    try await translated("look for the origin of \(path)") {
      try await git.line(["-C", path, "config", "--get", "remote.origin.url"], in: .init()).flatMap(CloneName.host)
    }
  }

  /// Returns the first of some paths that is a file of the newest commit; `nil` when none is, or there is no commit.
  ///
  /// - Parameters:
  ///   - paths: Where to look, in this order.
  ///   - limit: How many bytes of its content are read at most; what follows is left out.
  /// - Throws: `IntegrationError`, `CancellationError`.
  public func file(at paths: [String], limit: Int) async throws -> CommittedFile? {
    try await translated("look for \(paths.first ?? "a file") in \(path)") {
      let clone = try await LocalClone.open(path, git)
      guard let head = try await clone.reader.commit("HEAD") else { return nil }
      let found = try await clone.contents(at: paths, in: head)
      for path in paths {
        guard let sha = found[path] else { continue }
        return CommittedFile(path: path, bytes: try await clone.content(sha, limit: limit))
      }
      return nil
    }
  }

  /// Hands over the paths of the newest commit's files, submodules included, in the order of their bytes.
  ///
  /// A block holds any number of bytes of the list, in which a NUL ends each path; git's paths may have all other bytes. Memory does
  /// not grow with the list.
  ///
  /// - Throws: `IntegrationError`, `CancellationError`, or what `receive` throws.
  public func readPaths(receive: ([UInt8]) async throws -> Void) async throws {
    try await translated("list the files of \(path)") {
      try await LocalClone.open(path, git).readPaths(receive: receive)
    }
  }
}
