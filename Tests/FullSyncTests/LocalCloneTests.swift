import Foundation
import PeerSupport
import Testing

/// The program on a repository that the test makes with git.
struct LocalCloneTests {
  @Test func `a local clone is scored from its history, without token or network`() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("koalr-clone-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await Self.fill(folder)
    let export = folder.appendingPathComponent("store.jsonl")
    let outcome = try await FullSyncProgram.run(
      ["--git", folder.path, "--now", "2026-11-20T12:00:00Z", "--json", "--export", export.path])
    #expect(outcome.exitCode == 0, "\(outcome.standardError)")
    let store = try ExportedStore(file: export)
    #expect(store["repository"].keys.sorted() == ["acme/shop"])
    #expect(store["codeowners"]["acme/shop"]?["path"] == "CODEOWNERS")
    #expect(store["commit"].count == 4)
    let merge = try #require(store["change"]["acme/shop#7"])
    #expect(merge["title"] == "Add the cart" && merge["state"] == "merged" && merge["author"] == "ana")
    #expect(merge.list("files")?.compactMap { $0["path"] } == ["cart.swift"])
    #expect(store["change"]["acme/shop#8"]?["title"] == "Speed up the cart")
    #expect(store["change"].count == 2)
    let score = try #require(store["assessment"]["seven-factor-v1:acme/shop#8"])
    let points = (score.list("factors") ?? []).compactMap { $0.int("points") }.reduce(0, +)
    #expect(score.int("score") == points && points > 0)
    #expect(score.list("missing")?.contains { $0["key"] == "review-compliance" } == true)
    #expect(store["assessment"]["seven-factor-v1:acme/shop"]?.int("scoredChanges") == 2)
  }

  /// An old root, a branch merged as pull request 7, and a squash merge of pull request 8.
  private static func fill(_ folder: URL) async throws {
    try await FullSyncProgram.git("init", "-q", "-b", "main", in: folder, date: "2026-01-01T12:00:00Z")
    try await FullSyncProgram.git(
      "remote", "add", "origin", "git@github.com:acme/shop.git", in: folder, date: "2026-01-01T12:00:00Z")
    try await commit(folder, "CODEOWNERS", "* @ana\n", "Root", date: "2026-01-01T12:00:00Z")
    try await commit(folder, "shop.swift", "let a = 1\n", "Open the shop", date: "2026-09-01T12:00:00Z")
    try await FullSyncProgram.git("checkout", "-q", "-b", "cart", in: folder, date: "2026-10-01T12:00:00Z")
    try await commit(folder, "cart.swift", "let b = 1\n", "Work", date: "2026-10-01T12:00:00Z")
    try await FullSyncProgram.git("checkout", "-q", "main", in: folder, date: "2026-10-02T12:00:00Z")
    try await FullSyncProgram.git(
      "merge", "-q", "--no-ff", "-m", "Merge pull request #7 from acme/cart\n\nAdd the cart", "cart", in: folder,
      date: "2026-10-02T12:00:00Z")
    try await commit(folder, "cart.swift", "let b = 2\n", "Speed up the cart (#8)", date: "2026-11-01T12:00:00Z")
  }

  private static func commit(_ folder: URL, _ file: String, _ text: String, _ message: String, date: String) async throws {
    try Data(text.utf8).write(to: folder.appendingPathComponent(file))
    try await FullSyncProgram.git("add", "-A", in: folder, date: date)
    let outcome = try await FullSyncProgram.git("commit", "-q", "-m", message, in: folder, date: date)
    #expect(outcome.exitCode == 0, "\(outcome.standardError)")
  }
}
