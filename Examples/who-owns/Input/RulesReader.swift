import Foundation
import KoalrCore
import KoalrGitHistory

/// Rules, and where they were found.
struct LoadedRules {
  /// The path of the file.
  var path: String
  /// Its path in the repository, as far as that is known.
  var repositoryPath: String?
  var file: CodeOwnersFile
  /// Whether there is no file, so that nobody owns anything; then the path is where one belongs.
  var isMissing = false
}

/// Finds and reads the rules.
struct RulesReader {
  var place: Arguments.Rules
  /// `nil` when the file shows it.
  var dialect: CodeOwnersParser.Dialect?
  /// Whether a clone without the file is answered as one with an empty file.
  var allowsMissing: Bool

  /// No host loads a larger file.
  static let maximumBytes = 33_554_432

  /// - Throws: ``ProgramError``, `IntegrationError`.
  func read(_ clone: LocalGitRepository?) async throws -> LoadedRules {
    switch place {
    case .file(let path): return try await read(path)
    case .clone(let path): return try await read(clone, at: path)
    case .folder:
      let found = locations().first { FileManager.default.fileExists(atPath: $0) }
      if let found { return try await read(found) }
      throw ProgramError("\(absence(in: "this folder", locations())) Name one with --file.")
    }
  }

  private func read(_ path: String) async throws -> LoadedRules {
    let bytes = try Self.bytes(of: path)
    guard let place = WorkTree.place(of: path) else { return try await parse(path, in: nil, bytes) }
    let clone = LocalGitRepository(path: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    let isTold = dialect != nil || CodeOwnersParser.Dialect.ofFolder(around: path) != nil
    let origin = isTold ? nil : CloneOrigin(clone: clone)
    // Without git the file alone has to tell.
    return try await parse(path, in: place, bytes, host: try? await origin?.host(), origin)
  }

  private func read(_ clone: LocalGitRepository?, at path: String) async throws -> LoadedRules {
    let origin = dialect == nil ? clone.map { CloneOrigin(clone: $0) } : nil
    let host = try await origin?.host()
    let locations = locations(first: host)
    if let found = try await clone?.file(at: locations, limit: Self.maximumBytes + 1) {
      return try await parse(found.path, in: found.path, found.bytes, host: host, origin)
    }
    let absence = absence(in: "the newest commit of \(path)", locations) + (try await strays(in: clone, besides: locations))
    guard allowsMissing, let place = locations.first else { throw ProgramError("\(absence) Name one with --file.") }
    Messages.print("who-owns: \(absence) So nobody owns anything.")
    let empty = CodeOwnersParser(dialect: dialect ?? host ?? .gitHub).parse(bytes: [])
    return LoadedRules(path: place, repositoryPath: nil, file: empty, isMissing: true)
  }

  /// Where the hosts look, each place once; those of the host that is known first.
  private func locations(first host: CodeOwnersParser.Dialect? = nil) -> [String] {
    let dialects = dialect.map { [$0] } ?? [host].compactMap(\.self) + [.gitHub, .gitLab, .bitbucket]
    var places: [String] = []
    for place in dialects.flatMap(\.locations) where !places.contains(place) { places.append(place) }
    return places
  }

  /// Reads a file that would replace the rules, and so is in their dialect, wherever it lies by now.
  ///
  /// - Throws: ``ProgramError``.
  static func readOther(_ path: String, in dialect: CodeOwnersParser.Dialect) throws -> CodeOwnersFile {
    CodeOwnersParser(dialect: dialect).parse(AnyBytes.text(try bytes(of: path)[...]))
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    let bytes = try InputFile(path: path).all(limit: maximumBytes + 1)
    try refuseTooLarge(bytes, path)
    return bytes
  }

  private static func refuseTooLarge(_ bytes: [UInt8], _ path: String) throws(ProgramError) {
    guard bytes.count > maximumBytes else { return }
    throw ProgramError("\(path) has more than \(maximumBytes) bytes; no host loads such a file. Name a CODEOWNERS file.")
  }

  private func parse(
    _ path: String, in repositoryPath: String?, _ bytes: [UInt8], host: CodeOwnersParser.Dialect? = nil,
    _ origin: CloneOrigin? = nil
  ) async throws -> LoadedRules {
    try Self.refuseTooLarge(bytes, path)
    let dialect = await dialect(of: path, bytes, host: host, origin)
    let file = CodeOwnersParser(dialect: dialect).parse(AnyBytes.text(bytes[...]))
    return LoadedRules(path: path, repositoryPath: repositoryPath, file: file)
  }

  private func dialect(
    of path: String, _ bytes: [UInt8], host: CodeOwnersParser.Dialect?, _ origin: CloneOrigin?
  ) async -> CodeOwnersParser.Dialect {
    if let told = dialect ?? .ofFolder(around: path) ?? host { return told }
    let shown = CodeOwnersParser.Dialect.detected(path: path, bytes: bytes)
    // Nothing in a text is a sign of GitHub's.
    guard shown == .gitHub else { return shown }
    return (try? await origin?.hostByBuilds()) ?? .gitHub
  }

  /// Sentences about what has that name and is not read: files in other places, and links.
  private func strays(in clone: LocalGitRepository?, besides locations: [String]) async throws -> String {
    var cutter = PathCutter(separator: 0)
    var named: [String] = []
    try await clone?.readPaths { block in
      let batch = try cutter.feed(block)
      named += batch.indices.map(batch.lookup).filter { $0.split(separator: "/").last?.lowercased() == "codeowners" }
    }
    let strays = named.filter { !locations.contains($0) }
    let verdict = dialect.map { "\($0) does not look" } ?? "No host looks"
    return named.filter(locations.contains).map { " \($0) is a link, which is not followed." }.joined()
      + (strays.isEmpty ? "" : " \(verdict) for it at \(strays.joined(separator: ", ")).")
  }

  private func absence(in place: String, _ locations: [String]) -> String {
    "There is no CODEOWNERS in \(place). Looked for \(locations.joined(separator: ", "))."
  }
}
