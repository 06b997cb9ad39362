import Foundation
import PeerSupport
import KoalrDomain
import KoalrIntegrationProtocols
import Synchronization

@testable import KoalrGitHistory

/// A repository that a test fills with git itself.
struct TestRepository {
  let folder: ScratchFolder
  var path: String { folder.path + "/" + name }
  let name: String

  init(_ name: String = "demo", arguments: [String] = []) async throws {
    folder = try ScratchFolder()
    self.name = name
    try await Self.git(["init", "-q", "-b", "main"] + arguments + [folder.path + "/" + name])
  }

  /// Runs git in the repository; `at` is seconds since 1970.
  @discardableResult
  func git(_ arguments: String..., at seconds: Int = 1_795_000_000, author: String = "Ada <ada@example.org>") async throws
    -> String
  {
    try await Self.git(["-C", path] + arguments, at: seconds, author: author)
  }

  func write(_ file: String, _ text: String) throws {
    let target = URL(fileURLWithPath: path + "/" + file)
    try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: target)
  }

  /// Commits everything and returns the commit.
  @discardableResult
  func commit(
    _ message: String, at seconds: Int = 1_795_000_000, author: String = "Ada <ada@example.org>"
  ) async throws -> CommitID {
    try await git("add", "-A", at: seconds)
    try await git("commit", "-q", "--allow-empty", "--allow-empty-message", "-m", message, at: seconds, author: author)
    return try await head()
  }

  func head(_ name: String = "HEAD") async throws -> CommitID { try CommitID(try await git("rev-parse", name)) }

  var local: LocalGitRepository { LocalGitRepository(path: path) }

  @discardableResult
  static func git(
    _ arguments: [String], at seconds: Int = 1_795_000_000, author: String = "Ada <ada@example.org>"
  ) async throws -> String {
    let parts = author.split(separator: "<")
    let (who, address) = (parts[0].trimmingCharacters(in: .whitespaces), String(parts[1].dropLast()))
    let environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null",
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": who, "GIT_AUTHOR_EMAIL": address, "GIT_COMMITTER_NAME": who,
      "GIT_COMMITTER_EMAIL": address, "GIT_AUTHOR_DATE": "@\(seconds) +0000", "GIT_COMMITTER_DATE": "@\(seconds) +0000",
    ]
    let settings = ["-c", "protocol.file.allow=always", "-c", "commit.gpgSign=false"]
    let command = ChildCommand(program: "git", arguments: settings + arguments, environment: environment)
    let (output, exit) = try await ChildProcess.run(command) { try await $0.collect(limit: 1_000_000) }
    guard exit.status == 0 else { throw TestGitError(text: String(decoding: exit.errorText, as: UTF8.self)) }
    return String(decoding: output, as: UTF8.self).trimmingCharacters(in: .newlines)
  }
}

struct TestGitError: Error { var text: String }

/// Everything a history handed over.
struct History {
  var commits: [Commit] = []
  var changes: [Change] = []
  var changeFiles: [ChangeID: [ChangedFile]] = [:]
  var batches: [Int] = []
  var summary = HistorySummary(headSHA: nil)

  static func read(_ source: some HistorySource, _ request: HistoryRequest) async throws -> History {
    let collected = Mutex(History())
    let summary = try await source.readHistory(request) { batch in
      collected.withLock { history in
        history.commits += batch.commits
        history.changes += batch.changes
        history.changeFiles.merge(batch.changeFiles) { _, new in new }
        history.batches.append(batch.commits.count)
      }
    }
    var history = collected.withLock { $0 }
    history.summary = summary
    return history
  }

  /// Reads a local repository whole, with its changes.
  static func read(_ local: LocalGitRepository, since: Int = 0, batchSize: Int = 500) async throws -> History {
    let repository = try await local.repositories(after: nil).elements[0].repository
    return try await read(
      local,
      HistoryRequest(
        repository: repository, since: Date(timeIntervalSince1970: Double(since)), derivesChanges: true, batchSize: batchSize))
  }

  func files(_ sha: CommitID) -> [ChangedFile]? { commits.first { $0.sha == sha }?.files }
}

extension ChangedFile {
  /// `renamed old -> new +1 -2`, for short expectations.
  var line: String {
    let paths = previousPath.map { "\($0) -> \(path)" } ?? path
    let counts = additions.map { " +\($0) -\(deletions ?? -1)" } ?? ""
    return "\(status.rawValue) \(paths)\(counts)"
  }
}

/// Remembers what it was told.
final class RecordingObserver: SyncObserver {
  private let events = Mutex<[ObservedEvent]>([])
  var all: [ObservedEvent] { events.withLock { $0 } }
  func observe(_ event: ObservedEvent) { events.withLock { $0.append(event) } }
}
