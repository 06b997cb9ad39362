import KoalrDomain

extension HistoryReader {
  /// Reads the oldest commits of a shallow clone, without files and with the parents that they really have.
  func readBoundary(_ commits: [CommitID]) async throws -> [HistoryRecord] {
    var records = try await read(commits.map(\.rawValue), detail: .none)
    // git hides the missing parents everywhere but in the object itself.
    let objects = try await git.answer(
      ["cat-file", "--batch"], in: place, input: Self.lines(records.map(\.sha.rawValue)), limit: .max)
    var parents: [CommitID: [CommitID]] = [:]
    var rest = objects[...]
    while let end = rest.firstIndex(of: 0x0A) {
      // NAME commit SIZE, the object, a line feed.
      let words = rest[..<end].split(separator: 0x20)
      guard words.count == 3, let size = Int(String(decoding: words[2], as: UTF8.self)), size >= 0 else { break }
      let object = rest[(end + 1)...].prefix(size)
      if let sha = CommitID(rawValue: String(decoding: words[0], as: UTF8.self)) { parents[sha] = Self.parents(in: object) }
      rest = rest[object.endIndex...].dropFirst()
    }
    for index in records.indices { records[index].parents = parents[records[index].sha] ?? [] }
    return records
  }

  /// Returns the parents of each commit as git shows them, in the order of the commits.
  func parents(of commits: [CommitID]) async throws -> [[CommitID]] {
    guard !commits.isEmpty else { return [] }
    let bytes = try await git.answer(
      ["rev-list", "--no-walk=unsorted", "--parents", "--stdin"], in: place, input: Self.lines(commits.map(\.rawValue)),
      limit: .max)
    return bytes.split(separator: 0x0A).map { line in
      line.split(separator: 0x20).dropFirst().compactMap { CommitID(rawValue: String(decoding: $0, as: UTF8.self)) }
    }
  }

  private static func parents(in object: ArraySlice<UInt8>) -> [CommitID] {
    let header = object.split(separator: 0x0A, maxSplits: 200, omittingEmptySubsequences: false).prefix { !$0.isEmpty }
    return header.compactMap { line in
      let words = line.split(separator: 0x20)
      guard words.count == 2, words[0].elementsEqual("parent".utf8) else { return nil }
      return CommitID(rawValue: String(decoding: words[1], as: UTF8.self))
    }
  }
}
