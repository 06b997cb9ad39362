import KoalrDomain
import KoalrIntegrationProtocols

extension LocalClone {
  /// GitHub ignores a CODEOWNERS file that is larger.
  static let maximumCodeOwners = 3 * 1024 * 1024

  /// Looks for CODEOWNERS in the newest commit, not in the work tree.
  func codeOwners(of repository: Repository) async throws -> DiscoveredRepository.CodeOwnersFinding {
    guard let head = repository.headSHA else { return .none }
    let found = try await contents(at: CodeOwnersSnapshot.locations, in: head)
    for path in CodeOwnersSnapshot.locations {
      guard let sha = found[path] else { continue }
      return .found(
        CodeOwnersSnapshot(repositoryID: repository.id, path: path, sha: sha, text: try await text(sha), errors: nil))
    }
    return .none
  }

  /// The content, or `nil` when it is too large or a partial clone lacks it.
  private func text(_ sha: CommitID) async throws -> String? {
    do {
      let bytes = try await content(sha, limit: Self.maximumCodeOwners + 1)
      return bytes.count > Self.maximumCodeOwners ? nil : String(decoding: bytes, as: UTF8.self)
    } catch is GitFailure {
      return nil
    }
  }
}
