import Foundation
import KoalrCodeOwnersParser
import KoalrTesting
import PeerSupport
import Testing

struct UnifiedDiffTests {
  @Test func `a diff has git's form`() {
    let text = (1...12).map { "/f\($0) @a\n" }.joined() + "/gone @b"
    let paths = (1...12).filter { $0 != 2 }.map { "f\($0)" } + ["new"]
    let repair = CodeOwnersRepair(
      of: CodeOwnersParser().parse(text), paths: paths,
      suggestions: [OwnerSuggestion(.paths(["new"]), owners: [.user("@eve")])])
    #expect(
      repair.diff(path: "docs/CODEOWNERS").text == """
        diff --git a/docs/CODEOWNERS b/docs/CODEOWNERS
        --- a/docs/CODEOWNERS
        +++ b/docs/CODEOWNERS
        @@ -1,5 +1,4 @@
         /f1 @a
        -/f2 @a
         /f3 @a
         /f4 @a
         /f5 @a
        @@ -10,4 +9,4 @@
         /f10 @a
         /f11 @a
         /f12 @a
        -/gone @b
        \\ No newline at end of file
        +/new @eve

        """)
  }

  @Test func `nothing to change is no diff`() {
    let repair = CodeOwnersRepair(of: CodeOwnersParser().parse("* @a"), paths: ["x"])
    #expect(repair.diff(path: "CODEOWNERS").bytes.isEmpty)
  }

  @Test(arguments: 0..<12) func `git apply makes the repaired file, byte by byte`(seed: UInt64) async throws {
    try #require(try await TestProgram.run(["git", "--version"]).exitCode == 0)
    var random = SeededGenerator(seed: seed)
    let repository = RandomRepository(&random, rules: 0...30)
    let ending = seed % 3 == 0 ? "\r\n" : "\n"
    var text = repository.lines.map { random.chance(0.3) ? "# note\($0)\(ending)\(ending)\($0)" : $0 }.joined(separator: ending)
    if seed % 2 == 0, !text.isEmpty { text += ending }
    let bytes = Array(text.utf8) + (seed == 5 ? [0x0A, 0x23, 0xFF, 0xFE] : [])
    let file = CodeOwnersParser().parse(bytes: bytes)
    let gaps = repository.paths.filter { file.owners(of: $0).owners.isEmpty }
    let repair = CodeOwnersRepair(
      of: file, paths: repository.paths, suggestions: [OwnerSuggestion(.paths(gaps), owners: [.user("@new")])])
    let place = seed == 7 ? "do cs/CODE\"OWNERSé" : ".github/CODEOWNERS"
    #expect(try await applied(repair.diff(path: place), to: bytes, at: place) == repair.file.bytes)
  }

  @Test(arguments: [
    ("/gone @a\n", "", "@@ -1,1 +0,0 @@"), ("", "* @new\n", "@@ -0,0 +1,1 @@"), ("/gone @a", "* @new\n", "@@ -1,1 +1,1 @@"),
  ])
  func `git apply empties and fills files`(text: String, expected: String, head: String) async throws {
    let owners: [OwnerSuggestion] = expected.isEmpty ? [] : [OwnerSuggestion(.paths(["x"]), owners: [.user("@new")])]
    let repair = CodeOwnersRepair(of: CodeOwnersParser().parse(text), paths: ["x"], suggestions: owners)
    #expect(repair.file.text == expected)
    #expect(repair.diff(path: "CODEOWNERS").text.split(separator: "\n").contains { $0 == head })
    #expect(try await applied(repair.diff(path: "CODEOWNERS"), to: Array(text.utf8), at: "CODEOWNERS") == Array(expected.utf8))
  }

  private func applied(_ diff: UnifiedDiff, to bytes: [UInt8], at place: String) async throws -> [UInt8] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("diff-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent(place)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    guard !diff.bytes.isEmpty else { return bytes }
    try Data(diff.bytes).write(to: folder.appendingPathComponent("patch"))
    let outcome = try await TestProgram.run(["git", "-C", folder.path, "apply", "--verbose", "--whitespace=nowarn", "patch"])
    #expect(outcome.exitCode == 0, "\(outcome.standardError)\n\(diff.text)")
    return [UInt8](try Data(contentsOf: file))
  }
}
