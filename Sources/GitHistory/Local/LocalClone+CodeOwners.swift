import KoalrDomain
import KoalrIntegrationProtocols

extension LocalClone {
  /// GitHub ignores a CODEOWNERS file that is larger.
  static let maximumCodeOwners = 3 * 1024 * 1024

  /// Looks for CODEOWNERS in the newest commit, not in the work tree.
  func codeOwners(of repository: Repository) async throws -> DiscoveredRepository.CodeOwnersFinding {
    guard let head = repository.headSHA else { return .none }
    let bytes = try await reader.git.answer(
      ["ls-tree", "-z", head.rawValue, "--"] + CodeOwnersSnapshot.locations, in: reader.place)
    // MODE blob NAME, a tab, the path.
    var found: [String: CommitID] = [:]
    for entry in bytes.split(separator: 0) {
      let halves = entry.split(separator: 0x09, maxSplits: 1)
      let words = halves.first.map { $0.split(separator: 0x20) } ?? []
      guard halves.count == 2, words.count == 3, words[0].starts(with: "100".utf8) else { continue }
      found[String(decoding: halves[1], as: UTF8.self)] = CommitID(rawValue: String(decoding: words[2], as: UTF8.self))
    }
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
      let bytes = try await reader.git.answer(
        ["cat-file", "blob", sha.rawValue], in: reader.place, limit: Self.maximumCodeOwners + 1)
      return bytes.count > Self.maximumCodeOwners ? nil : String(decoding: bytes, as: UTF8.self)
    } catch is GitFailure {
      return nil
    }
  }
}
