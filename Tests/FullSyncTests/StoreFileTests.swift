#if SQLite
import Foundation
import PeerSupport
import Testing

/// The program with a database file, without any server.
struct StoreFileTests {
  private let folder: ScratchFolder
  private let store: [String]

  init() throws {
    folder = try ScratchFolder()
    store = ["--store", folder.store()]
  }

  private static let expectedOutput = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Examples/full-sync/expected-output.txt")

  /// Runs the program and expects it to succeed.
  @discardableResult
  private func run(_ arguments: String...) async throws -> String {
    let outcome = try await FullSyncProgram.run(arguments + store)
    #expect(outcome.exitCode == 0, "\(arguments): \(outcome.standardError)")
    return outcome.standardOutput
  }

  private func failure(_ arguments: String..., code: Int32 = 2) async throws -> String {
    let outcome = try await FullSyncProgram.run(arguments + store)
    #expect(outcome.exitCode == code, "\(arguments)")
    return outcome.standardError
  }

  @Test func `the sample prints the same from a file as from memory, and again on the same file`() async throws {
    let expected = try String(contentsOf: Self.expectedOutput, encoding: .utf8)
    #expect(try await run() == expected)
    let memory = try await FullSyncProgram.run(["--export", folder["memory.jsonl"]])
    #expect(memory.standardOutput == expected)
    #expect(try await run("--export", folder["again.jsonl"]) == expected)
    #expect(try folder.records("again.jsonl") == folder.records("memory.jsonl"))
  }

  @Test(arguments: ["koalr.sqlite", "koalr.sqlite-wal", "./koalr.sqlite", "link", "folder/koalr.sqlite"])
  func `an export never takes the place of the store`(name: String) async throws {
    try await run()
    let url = folder.url
    try FileManager.default.createSymbolicLink(
      at: url.appendingPathComponent("link"), withDestinationURL: url.appendingPathComponent("koalr.sqlite"))
    try FileManager.default.createSymbolicLink(at: url.appendingPathComponent("folder"), withDestinationURL: url)
    let before = try folder.data("koalr.sqlite")
    let expected = "full-sync: --export would write over the store; name another file.\nTry full-sync --help.\n"
    #expect(try await failure("store", "show", "--export", folder.url.path + "/" + name, code: 64) == expected)
    #expect(try await failure("--export", folder.url.path + "/" + name, code: 64) == expected)
    #expect(try folder.data("koalr.sqlite") == before)
  }

  @Test func `a local clone prints the same from a file as from memory`() async throws {
    let clone = try await LocalClone(name: "shop")
    let arguments = ["--git", clone.path, "--now", "2026-11-20T12:00:00Z"]
    let memory = try await FullSyncProgram.run(arguments + ["--export", folder["memory.jsonl"]])
    for file in ["first.jsonl", "second.jsonl"] {
      let outcome = try await FullSyncProgram.run(arguments + store + ["--export", folder[file]])
      #expect(outcome.exitCode == 0 && outcome.standardOutput == memory.standardOutput)
      #expect(try folder.records(file) == folder.records("memory.jsonl"))
    }
  }

  @Test func `several clones share a file, each with a connection of its own`() async throws {
    for name in ["shop", "tools", "shop"] {
      let clone = try await LocalClone(name: name)
      try await run("--git", clone.path, "--now", "2026-11-20T12:00:00Z")
    }
    try await run("store", "show", "--export", folder["all.jsonl"])
    let held = try ExportedStore(file: folder.url.appendingPathComponent("all.jsonl"))
    #expect(held["connection"].keys.sorted() == ["git", "git-acme-tools"])
    #expect(held["repository"].keys.sorted() == ["acme/shop", "acme/tools"])
    #expect(held["change"].keys.sorted() == ["acme/shop#1", "acme/tools#1"])
  }

  @Test func `an import fills an empty file, whose export equals it`() async throws {
    _ = try await FullSyncProgram.run(["--export", folder["sample.jsonl"]])
    let memory = try await FullSyncProgram.run(["--import", folder["sample.jsonl"]])
    #expect(try await run("--import", folder["sample.jsonl"]) == memory.standardOutput)
    #expect(try await run("store", "show", "--export", folder["file.jsonl"]) == memory.standardOutput)
    #expect(try folder.data("file.jsonl") == folder.data("sample.jsonl"))
    let again = try await failure("--import", folder["sample.jsonl"])
    #expect(
      again
        == "full-sync: Could not import sample.jsonl: the store already holds records (connection: 3); import into an empty store "
        + "(an import that was interrupted left a part: delete it).\n"
    )
  }

  @Test func `the invented sample does not mix with a real organisation`() async throws {
    let clone = try await LocalClone(name: "shop")
    try await run("--git", clone.path, "--now", "2026-11-20T12:00:00Z")
    #expect(
      try await failure()
        == "full-sync: The store holds other connections than the sample's; name a mode, or another file for the sample.\n")
  }

  @Test func `a file can be shown, checked, copied and made smaller`() async throws {
    try await run("--export", folder["run.jsonl"])
    let counts = try #require(
      try await FullSyncProgram.run(["store", "show", "--json"] + store).json["counts"] as? [String: Int])
    #expect(counts["change"] == 290 && counts["commitFile"] == 1723)
    #expect(try await run("store", "check") == "sound\n")
    #expect(try await run("store", "backup", folder["copy.sqlite"]).hasPrefix("The backup has "))
    let copy = try await FullSyncProgram.run(
      ["store", "show", "--store", folder.store("copy.sqlite"), "--export", folder["copy.jsonl"]])
    #expect(copy.exitCode == 0)
    #expect(try folder.data("copy.jsonl") == folder.data("run.jsonl"))
    let sizes = try await run("store", "compact").split(separator: " ").compactMap { Int($0.filter(\.isNumber)) }
    #expect(sizes.count == 2 && sizes[0] <= sizes[1])
    #expect(try await failure("store", "backup", folder["copy.sqlite"]).contains("copy.sqlite"))
  }

  @Test(arguments: [false, true])
  func `what is old is removed, and rolled up when that is wanted`(rollsUp: Bool) async throws {
    try await run()
    let retain = ["store", "retain", "--days", "30", "--now", "2026-11-20T12:00:00Z"] + (rollsUp ? ["--roll-up"] : []) + store
    let first = try await FullSyncProgram.run(retain)
    #expect(first.exitCode == 0, "\(first.standardError)")
    let lines = first.standardOutput.split(separator: "\n")
    #expect(
      lines.map { $0.prefix { $0 != ":" } } == ["removed", "of these rolled up", "old, and kept because it is open", "held"])
    let removed = try #require(lines.first?.firstMatch(of: /([0-9]+) change,/)?.output.1)
    let held = try #require(lines.last?.firstMatch(of: /([0-9]+) change,/)?.output.1)
    #expect(Int(removed).map { removed in Int(held).map { $0 + removed } } == 290)
    #expect(lines[1].hasSuffix("nothing") != rollsUp && lines[3].contains(" activity") == rollsUp)
    let second = try await FullSyncProgram.run(retain)
    #expect(second.standardOutput.hasPrefix("removed: nothing\nof these rolled up: nothing\n"))
    #expect(second.standardOutput.split(separator: "\n").last == lines.last)
  }

  @Test(arguments: ["show", "check", "compact"])
  func `a file that is not there is a failure and is not made`(verb: String) async throws {
    #expect(
      try await failure("store", verb)
        == "full-sync: Could not open koalr.sqlite: there is no such file; a sync or connections add with this --store makes it.\n"
    )
    #expect(!folder.exists("koalr.sqlite"))
  }

  @Test func `a damaged file is found, with exit code 1`() async throws {
    try await run()
    let file = folder.url.appendingPathComponent("koalr.sqlite")
    var bytes = try Data(contentsOf: file)
    for page in stride(from: 8 * 4096, to: bytes.count, by: 3 * 4096) {
      bytes.resetBytes(in: page..<min(page + 512, bytes.count))
    }
    try bytes.write(to: file)
    let outcome = try await FullSyncProgram.run(["store", "check"] + store)
    #expect(outcome.exitCode == 1, "\(outcome.standardError)")
    #expect(!outcome.standardOutput.isEmpty && outcome.standardOutput != "sound\n")
  }

  @Test func `a file that is no database is found, with exit code 1`() async throws {
    try Data(repeating: 0x61, count: 10_000).write(to: folder.url.appendingPathComponent("koalr.sqlite"))
    let outcome = try await FullSyncProgram.run(["store", "check"] + store)
    #expect(outcome.exitCode == 1)
    #expect(outcome.standardOutput.contains("koalr.sqlite is no SQLite database"))
  }
}
#endif
