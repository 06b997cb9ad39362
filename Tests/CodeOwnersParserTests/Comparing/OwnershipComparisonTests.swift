import KoalrCodeOwnersParser
import KoalrTesting
import Testing

struct OwnershipComparisonTests {
  private func parse(_ text: String) -> CodeOwnersFile { CodeOwnersParser().parse(text) }

  private func words(_ change: RuleChange) -> String {
    let (old, new) = (change.old, change.new)
    let lines = [old?.line, new?.line].map { $0.map { "\($0)" } ?? "-" }.joined(separator: ">")
    return "\(change.kind) \(new?.pattern ?? old?.pattern ?? "") \(lines)\(change.isMoved ? " moved" : "")"
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var old: String
    var new: String
    var changes: [String]
    var testDescription: String { "\(old) > \(new)".replacing("\n", with: "; ") }
  }

  @Test(arguments: [
    Case(old: "* @a", new: "* @A # why", changes: []),
    Case(old: "* @a @b", new: "*   @b @a", changes: []),
    Case(old: "* @a", new: "* @b", changes: ["changed * 1>1"]),
    Case(old: "* @a", new: "*", changes: ["changed * 1>1"]),
    Case(old: "x @a\ny @b", new: "y @b", changes: ["removed x 1>-"]),
    Case(old: "y @b", new: "x @a\ny @b", changes: ["added x ->1"]),
    Case(old: "x @a\ny @b\nz @c", new: "y @b\nz @c\nx @a", changes: ["moved x 1>3 moved"]),
    Case(old: "x @a\ny @b", new: "y @b\nx @c", changes: ["changed x 1>2 moved"]),
    // The line that went is told, not both of them.
    Case(old: "x @a\nx @b", new: "x @b", changes: ["removed x 1>-"]),
    Case(old: "x @a", new: "/x @a", changes: ["removed x 1>-", "added /x ->1"]),
    Case(old: "", new: "", changes: []),
  ]) func `rules are compared by pattern, owners and order`(_ one: Case) {
    #expect(OwnershipComparison(from: parse(one.old), to: parse(one.new), paths: []).rules.map(words) == one.changes)
  }

  @Test func `files that change owners are grouped by what they were and are`() {
    let old = parse("* @all\n/api/ @ann @ben\n/gen/\n")
    let new = parse("/api/ @ben @ann\n/gen/ @eve\n/web/ @all\n")
    let paths = ["z", "api/a", "gen/a", "gen/b", "web/a", "a", "gen/c"]
    let comparison = OwnershipComparison(from: old, to: new, paths: paths)
    #expect(comparison.shifts.map(\.paths) == [["gen/a", "gen/b", "gen/c"], ["a", "z"]])
    #expect(comparison.shifts.map { $0.before.map(\.description) } == [["nobody"], ["@all"]])
    #expect(comparison.shifts.map { $0.after.map(\.description) } == [["@eve"], []])
    #expect(comparison.paths == ["a", "gen/a", "gen/b", "gen/c", "z"])
    #expect(!comparison.keepsOwners && !comparison.isEmpty)
  }

  @Test(arguments: 0..<20) func `comparing follows its laws`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let repository = RandomRepository(&random)
    let other = RandomRepository(&random)
    let (old, new) = (parse(repository.text), parse(other.text))
    #expect(OwnershipComparison(from: old, to: old, paths: repository.paths).isEmpty)
    let there = OwnershipComparison(from: old, to: new, paths: repository.paths)
    let back = OwnershipComparison(from: new, to: old, paths: repository.paths)
    #expect(there.paths == back.paths)
    #expect(there.shifts.map(\.before) == back.shifts.map(\.after))
    let differing = repository.paths.filter { path in
      let (before, after) = (old.owners(of: path), new.owners(of: path))
      return Set(before.owners) != Set(after.owners) || (before.line == nil) != (after.line == nil)
    }
    #expect(there.paths == differing)
    #expect(there.rules.count { $0.old == nil } - there.rules.count { $0.new == nil } == new.rules.count - old.rules.count)
  }

  @Test func `a claim shows how many have to approve, and whether any has to`() {
    func claims(_ text: String) -> [String] {
      CodeOwnersParser(dialect: .gitLab).parse(text).decisions(for: "a").map { OwnershipClaim($0).description }
    }
    #expect(claims("[A][2] @b @c\n*\n^[D]\n* @e\n[F]\n*\n") == ["[A][2] @b @c", "^[D] @e", "[F] nobody"])
  }

  @Test func `rules that stay in order are those of the longest rise`() {
    let old = parse((0..<9).map { "/f\($0) @a" }.joined(separator: "\n"))
    let order = [3, 0, 1, 7, 2, 4, 8, 5, 6]
    let new = parse(order.map { "/f\($0) @a" }.joined(separator: "\n"))
    let moved = OwnershipComparison(from: old, to: new, paths: []).rules.compactMap(\.old?.pattern)
    #expect(moved == ["/f3", "/f7", "/f8"])
  }
}

/// Two versions of real files, which lie beside the project.
@Suite(.enabled(if: SharedVectors.available, Comment(rawValue: SharedVectors.absence)))
struct PublishedComparisonTests {
  @Test(arguments: ["bicep", "esphome", "metamask-core"])
  func `the files whose owners differ between two versions are the published ones`(name: String) async throws {
    let folder = "corpora-diff/\(name)"
    func file(_ version: String) throws -> CodeOwnersFile {
      CodeOwnersParser().parse(bytes: try SharedVectors.bytes("\(folder)/\(version)/CODEOWNERS"))
    }
    let (old, new) = (try file("old"), try file("new"))
    let before = try await SharedVectors.lines("\(folder)/old/paths.txt.gz")
    let after = Set(try await SharedVectors.lines("\(folder)/new/paths.txt.gz"))
    let both = before.filter(after.contains)
    try #require(both.count > 1_000)
    let comparison = OwnershipComparison(from: old, to: new, paths: both)
    let rows = String(decoding: try SharedVectors.bytes("\(folder)/ownership-diff.tsv"), as: UTF8.self).split(separator: "\n")
      .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    let published = rows.filter { $0.first == "owner-changed" }.map { Array($0.dropFirst()) }
    let found = comparison.shifts.flatMap { shift in shift.paths.map { [$0, words(shift.before), words(shift.after)] } }
    #expect(found.map(sorted).sorted(by: <) == published.map(sorted).sorted(by: <))
    for row in rows where row[0] != "owner-changed" {
      let (file, owners) = row[0] == "added" ? (new, row[3]) : (old, row[2])
      #expect(sorted([words(file.decisions(for: row[1]).map { OwnershipClaim($0) })]) == sorted([owners]), "\(row[1])")
    }
  }

  private func words(_ claims: [OwnershipClaim]) -> String {
    guard let claim = claims.first else { return "<unmatched>" }
    return claim.owners.isEmpty ? "<none>" : claim.owners.map(\.text).joined(separator: " ")
  }

  /// Owners in an order that does not matter, spelled as either file does.
  private func sorted(_ fields: [String]) -> String {
    fields.map { $0.lowercased().split(separator: " ").sorted().joined(separator: " ") }.joined(separator: "\t")
  }
}
