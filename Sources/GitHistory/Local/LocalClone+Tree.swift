import KoalrDomain

extension LocalClone {
  /// Finds those of some paths that are files of a commit, each with the name of its content. A link is none.
  func contents(at paths: [String], in commit: CommitID) async throws -> [String: CommitID] {
    let bytes = try await reader.git.answer(["ls-tree", "-z", commit.rawValue, "--"] + paths, in: reader.place)
    // MODE blob NAME, a tab, the path.
    var found: [String: CommitID] = [:]
    for entry in bytes.split(separator: 0) {
      let halves = entry.split(separator: 0x09, maxSplits: 1)
      let words = halves.first.map { $0.split(separator: 0x20) } ?? []
      guard halves.count == 2, words.count == 3, words[0].starts(with: "100".utf8) else { continue }
      found[String(decoding: halves[1], as: UTF8.self)] = CommitID(rawValue: String(decoding: words[2], as: UTF8.self))
    }
    return found
  }

  /// Returns the beginning of a content.
  func content(_ sha: CommitID, limit: Int) async throws -> [UInt8] {
    try await reader.git.answer(["cat-file", "blob", sha.rawValue], in: reader.place, limit: limit)
  }

  /// Hands over the paths of the newest commit's files in blocks, each path ended by a NUL.
  func readPaths(receive: ([UInt8]) async throws -> Void) async throws {
    guard let head = try await reader.commit("HEAD") else { return }
    try await reader.git.run(["ls-tree", "-r", "-z", "--name-only", "--full-tree", head.rawValue], in: reader.place) { output in
      while let block = try await output.next() { try await receive(block) }
    }
  }
}
