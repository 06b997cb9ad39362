import KoalrDomain
import KoalrIntegrationProtocols

/// A clone that was found at a path.
struct LocalClone: Sendable {
  /// The commits whose contents are looked for at a time in a partial clone.
  static let probeSize = 2000

  var reader: HistoryReader
  /// The folder that a person knows: the work tree's, or the bare repository's.
  var folder: String
  /// From the `origin` remote, else `local/FOLDER`.
  var name: RepositoryName
  var isPartial: Bool
  var isShallow: Bool

  static func open(_ path: String, _ git: GitProgram) async throws -> Self {
    let version = try await git.version()
    let folder: String
    do {
      // As a pair: a path that begins with a hyphen stays a path.
      let answer = try await git.answer(["-C", path, "rev-parse", "--absolute-git-dir"], in: .init())
      folder = String(decoding: answer.prefix { $0 != 0x0A }, as: UTF8.self)
    } catch let failure as GitFailure {
      throw IntegrationError(
        .misconfigured, service: .git, operation: "open \(path)",
        reason: failure.text.contains("cannot change to")
          ? "There is no folder \(path). Give the path of a clone."
          : "\(path) is not inside a git repository. Give the path of a clone.",
        underlying: failure)
    }
    let reader = HistoryReader(git: git, version: version, place: .init(gitFolder: folder))
    return try await describe(reader, gitFolder: folder, path: path)
  }

  private static func describe(_ reader: HistoryReader, gitFolder: String, path: String) async throws -> Self {
    let git = reader.git
    let top = try await git.line(["-C", path, "rev-parse", "--show-toplevel"], in: .init())
    let origin = try await git.line(["config", "--get", "remote.origin.url"], in: reader.place)
    let promisor = try await git.line(
      ["config", "--get-regexp", #"^(extensions\.partialclone|remote\..*\.promisor)$"#], in: reader.place)
    let shallow = try await git.line(["rev-parse", "--is-shallow-repository"], in: reader.place)
    let folder = top.flatMap { $0.isEmpty ? nil : $0 } ?? gitFolder
    return Self(
      reader: reader, folder: folder, name: CloneName.name(origin: origin, folder: folder), isPartial: promisor != nil,
      isShallow: shallow == "true")
  }

  /// What can be read of it.
  var capabilities: [Capability] {
    [
      Capability(
        name: "read commits", available: true,
        reason: isShallow ? "The clone is shallow: run git fetch --unshallow to have its whole history." : nil),
      Capability(
        name: "read renames and line counts", available: isPartial ? nil : true,
        reason: isPartial ? "The clone is partial and may lack contents: run git fetch --refetch --no-filter to have them." : nil),
      Capability(name: "read CODEOWNERS", available: true),
    ]
  }

  func repository() async throws -> Repository {
    guard let id = RepositoryID(rawValue: "git:\(name)") else {
      throw InvalidIdentifier(noun: RepositoryID.noun, text: name.rawValue)
    }
    let head = try await reader.commit("HEAD")
    var repository = Repository(id: id, name: name, defaultBranch: nil, headSHA: head, cloneURL: folder)
    guard let head else { return repository }
    repository.defaultBranch = try await branch()
    repository.pushedAt = try await reader.read([head.rawValue], detail: .none).first?.committedAt
    return repository
  }

  /// The checked-out branch; with a detached HEAD the remote's default one, else `HEAD`.
  private func branch() async throws -> String {
    if let branch = try await reader.git.line(["symbolic-ref", "--quiet", "--short", "HEAD"], in: reader.place) { return branch }
    let remote = try await reader.git.line(["symbolic-ref", "--quiet", "--short", "refs/remotes/origin/HEAD"], in: reader.place)
    return remote.map { String($0.hasPrefix("origin/") ? $0.dropFirst(7) : $0[...]) } ?? "HEAD"
  }
}
