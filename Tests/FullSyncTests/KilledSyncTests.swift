#if SQLite
import Foundation
import KoalrTesting
import PeerSupport
import Testing

/// The program, killed with SIGKILL and started again on the same database.
@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct KilledSyncTests {
  private static let repositories = 4

  /// The lines of a run in their order, so that every phase and every repository is a place to die at.
  private static let lines =
    [
      "── connect", "   github:", "── discover", "   \(repositories) repositories", "── fast path", "   first scores",
      "── backfill",
    ] + (1...repositories).map { "   [\($0)/\(repositories)]" }

  /// How long the program lives after the line, in milliseconds: at once, or some of the way to the next line.
  private static let delays: [ClosedRange<Int>] = [0...0, 1...60]

  @Test func `a sync that is killed anywhere and started again ends with the store of one that was not`() async throws {
    let peers = try await Peers(repositories: Self.repositories, changes: 10)
    let uninterrupted = try await Trial(peers).finish()
    var random = SeededGenerator(seed: 2)
    var killed = 0
    var resumed = 0
    for line in Self.lines {
      for delay in Self.delays {
        let trial = try Trial(peers)
        killed += try await trial.isKilled(atLine: line, afterMilliseconds: Int.random(in: delay, using: &random)) ? 1 : 0
        let end = try await trial.finish()
        resumed += end.resumed ? 1 : 0
        #expect(end.isLike(uninterrupted), "killed at \"\(line)\"")
      }
    }
    // A run may end before it is killed, and more often on a busy machine; half of the kills must have hit.
    #expect(killed >= Self.lines.count && resumed >= Self.lines.count / 2, "\(killed) killed, \(resumed) resumed")
  }

  @Test func `a sync that is killed again and again still ends with the store of one that was not`() async throws {
    let peers = try await Peers(seed: 2, repositories: Self.repositories, changes: 10)
    let uninterrupted = try await Trial(peers).finish()
    let trial = try Trial(peers)
    var killed = 0
    for line in Self.lines { killed += try await trial.isKilled(atLine: line, afterMilliseconds: 15) ? 1 : 0 }
    #expect(try await trial.finish().isLike(uninterrupted))
    #expect(killed >= Self.lines.count / 2)
  }
}

/// One database with a cache of its own.
private struct Trial {
  private let peers: Peers
  private let folder: ScratchFolder

  init(_ peers: Peers) throws {
    self.peers = peers
    folder = try ScratchFolder()
  }

  private var arguments: [String] {
    let ready = peers.ready
    return [
      "--github", ready.org, "--github-url", ready.github.url, "--codecov-url", ready.codecov.url, "--snyk-url", ready.snyk.url,
      "--now", ready.now, "--store", folder.store(), "--cache", folder["cache"], "--export", folder["export.jsonl"],
    ]
  }

  private var environment: [String: String] {
    get throws {
      [
        "GITHUB_TOKEN": try #require(peers.ready.github.tokens["classic-owner"]),
        "CODECOV_TOKEN": try #require(peers.ready.codecov.tokens["member"]),
        "SNYK_TOKEN": try #require(peers.ready.snyk.tokens["readOnly"]),
      ]
    }
  }

  /// Starts the program and kills it; returns whether that came before its end.
  func isKilled(atLine line: String, afterMilliseconds delay: Int) async throws -> Bool {
    let outcome = try await FullSyncProgram.run(
      arguments, environment: try environment, sending: SIGKILL, atLine: line, afterMilliseconds: delay)
    return outcome.exitCode == SIGKILL
  }

  /// Starts the program and lets it end; returns what is stored then, and whether it went on with an earlier run.
  func finish() async throws -> Ending {
    let outcome = try await FullSyncProgram.run(arguments, environment: try environment)
    #expect(outcome.exitCode == 0, "\(outcome.standardError)")
    return Ending(
      export: try folder.data("export.jsonl"), records: try folder.records("export.jsonl"),
      resumed: outcome.standardError.contains("Going on with the run of "))
  }
}

/// What is stored at the end of a run.
private struct Ending {
  var export: Data
  /// The same without checkpoints.
  var records: [Data]
  /// Whether it went on with an earlier run.
  var resumed: Bool

  /// Whether the store is the same. A run that was killed after its end is followed by one that reads what is new, and has checkpoints
  /// that say so.
  func isLike(_ uninterrupted: Ending) -> Bool {
    resumed ? export == uninterrupted.export : records == uninterrupted.records
  }
}
#endif
