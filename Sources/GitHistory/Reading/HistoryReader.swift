import KoalrDomain
import KoalrIntegrationProtocols

/// Reads a git directory, offline.
struct HistoryReader: Sendable {
  /// The most commits of one repository that are listed.
  static let maximumCommits = 2_000_000
  /// The most children that read one repository side by side.
  static let maximumLanes = 4
  /// The most commits one child reads before it is replaced.
  static let maximumChunk = 500
  /// Fewer commits than this are not worth a child of their own.
  static let minimumChunk = 200
  /// `--since` without a filter stops at commits out of order by more than this; only for versions before 2.37.
  static let margin: TimeInterval = 30 * 86_400

  var git: GitProgram
  var version: GitVersion
  /// The git directory, without a way to any server.
  var place: GitProgram.Place

  /// Returns the commit behind a name such as `HEAD`, or `nil` when there is none.
  func commit(_ name: String) async throws -> CommitID? {
    let line = try await git.line(
      ["rev-parse", "--verify", "--quiet", "--end-of-options", "\(name)^{commit}"], in: place)
    return line.flatMap(CommitID.init(rawValue:))
  }

  /// Returns the commits of the window that are reachable from `tip`, newest first.
  ///
  /// Walks the whole history, because one commit with a wrong date would hide all before it.
  func window(from tip: CommitID, since: Date, firstParentOnly: Bool = false) async throws -> [CommitID] {
    let first = firstParentOnly ? ["--first-parent"] : []
    return try await names(["rev-list"] + first + limits(since) + ["--end-of-options", tip.rawValue])
  }

  /// Returns the commits whose parents a shallow clone lacks; empty for a complete one.
  func boundary() async throws -> Set<CommitID> {
    guard try await git.line(["rev-parse", "--is-shallow-repository"], in: place) == "true",
      let path = try await git.line(["rev-parse", "--git-path", "shallow"], in: place)
    else { return [] }
    return try Self.boundary(in: path)
  }

  /// Reads git's list of commits without parents; empty when there is none.
  static func boundary(in file: String) throws -> Set<CommitID> {
    let bytes = try FileBytes.read(file, limit: GitProgram.maximumAnswer)
    return Set(bytes.split(separator: 0x0A).compactMap { CommitID(rawValue: String(decoding: $0, as: UTF8.self)) })
  }

  /// Returns the given objects that are not there.
  func missing(_ names: Set<CommitID>) async throws -> Set<CommitID> {
    do {
      return try await listMissing(names)
    } catch let failure as GitFailure where failure.isRefusedLazyFetch {
      // The user's partial clone; half by half, because git stops at the first one. Few are asked for in such clones.
      guard names.count > 1 else { return names }
      let sorted = names.sorted()
      let first = try await missing(Set(sorted[..<(sorted.count / 2)]))
      return first.union(try await missing(Set(sorted[(sorted.count / 2)...])))
    }
  }

  /// Whether all the given objects are there.
  func hasAll(_ names: Set<CommitID>) async throws -> Bool {
    do {
      return try await listMissing(names).isEmpty
    } catch let failure as GitFailure where failure.isRefusedLazyFetch {
      return false
    }
  }

  private func listMissing(_ names: Set<CommitID>) async throws -> Set<CommitID> {
    guard !names.isEmpty else { return [] }
    let bytes = try await git.answer(
      ["cat-file", "--batch-check=%(objectname)", "--buffer"], in: place, input: Self.lines(names.map(\.rawValue)),
      limit: .max)
    // A missing one is "NAME missing".
    return Set(
      bytes.split(separator: 0x0A).compactMap { line in
        guard line.last == UInt8(ascii: "g"), let end = line.firstIndex(of: 0x20) else { return nil }
        return CommitID(rawValue: String(decoding: line[..<end], as: UTF8.self))
      })
  }

  /// Returns the names of all contents that the comparisons need.
  func blobs(of comparisons: [String]) async throws -> Set<CommitID> {
    guard !comparisons.isEmpty else { return [] }
    let input = Self.lines(comparisons)
    return try await git.run(HistoryFormat.blobArguments, in: place, input: input) { output in
      var blobs = ChangedBlobs()
      while let block = try await output.next() { blobs.feed(block) }
      return blobs.names
    }
  }

  /// Reads commits or comparisons (`COMMIT`, or `COMMIT OTHER` for what it is compared with), in order.
  ///
  /// Where a content is missing from the clone, the commits that need it are found by halves and read without it: their paths are
  /// known, their line counts are not.
  func read(_ comparisons: [String], detail: HistoryFormat.Detail) async throws -> [HistoryRecord] {
    do {
      return try await readWhole(comparisons, detail: detail)
    } catch let failure as GitFailure where failure.lacksContent && detail == .full {
      guard comparisons.count > 1 else { return try await readWhole(comparisons, detail: .paths) }
      let middle = comparisons.count / 2
      let first = try await read(Array(comparisons[..<middle]), detail: detail)
      return first + (try await read(Array(comparisons[middle...]), detail: detail))
    }
  }

  private func readWhole(_ comparisons: [String], detail: HistoryFormat.Detail) async throws -> [HistoryRecord] {
    guard !comparisons.isEmpty else { return [] }
    let input = Self.lines(comparisons)
    let (records, malformed) = try await git.run(HistoryFormat.arguments(detail), in: place, input: input) { output in
      var parser = HistoryParser()
      var records: [HistoryRecord] = []
      while let block = try await output.next() { records += parser.feed(block) }
      records += parser.finish()
      return (records, parser.malformed)
    }
    guard malformed == 0, records.count == comparisons.count else {
      throw IntegrationError(
        .unexpectedResponse, service: git.service, operation: "read commits",
        reason: "git \(version) answered in an unknown form. Report it with the version of git.")
    }
    return records
  }

  private func limits(_ since: Date) -> [String] {
    let seconds = since.timeIntervalSince1970.rounded(.up)
    guard seconds > 0 else { return [] }
    if version >= GitVersion(major: 2, minor: 37) { return ["--since-as-filter=@\(Int64(min(seconds, 1e12))) +0000"] }
    return ["--max-age=\(Int64(min(max(0, seconds - Self.margin), 1e12)))"]
  }

  private func names(_ arguments: [String]) async throws -> [CommitID] {
    let bytes = try await git.answer(arguments, in: place, limit: Self.maximumCommits * 65)
    return bytes.split(separator: 0x0A).compactMap { CommitID(rawValue: String(decoding: $0, as: UTF8.self)) }
  }

  static func lines(_ words: some Sequence<String>) -> [UInt8] {
    var bytes: [UInt8] = []
    for word in words {
      bytes += word.utf8
      bytes.append(0x0A)
    }
    return bytes
  }
}
