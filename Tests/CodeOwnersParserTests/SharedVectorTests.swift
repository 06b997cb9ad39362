import Foundation
import KoalrCodeOwnersParser
import PeerSupport
import Testing

/// Published vectors and real files that lie beside the project and are not part of it.
@Suite(.enabled(if: SharedVectors.available, Comment(rawValue: SharedVectors.absence)))
struct SharedVectorTests {
  struct Match: Decodable {
    var pattern: String
    var path: String
    var expected: Bool
    var ruleStatus: String
  }

  struct Whole: Decodable {
    struct Case: Decodable {
      var path: String
      var line: Int?
      var owners: [String]
    }
    var id: String
    var dialect: String
    var codeowners: String
    var cases: [Case]
  }

  struct Line: Decodable {
    struct Owner: Decodable {
      var type: String
      var value: String
    }
    var line: String
    var pattern: String?
    var owners: [Owner]
    var status: String
  }

  @Test(arguments: ["given-match-implementations", "given-match-fuzz"])
  func `a pattern matches as published`(name: String) throws {
    let records = try SharedVectors.decode([Match].self, "vectors/\(name).json").filter { !$0.ruleStatus.contains("unverified") }
    try #require(records.count > 300)
    let wrong = records.filter { record in
      let file = CodeOwnersParser(dialect: .gitHub).parse("\(record.pattern) @owner")
      let isRule = !file.rules.isEmpty
      return (file.rule(for: record.path) != nil) != record.expected || isRule == record.ruleStatus.hasPrefix("invalid")
    }
    #expect(wrong.isEmpty, "\(wrong.count) of \(records.count), first \(wrong.prefix(5))")
  }

  @Test func `a whole file decides as published`() throws {
    for file in try SharedVectors.decode([Whole].self, "vectors/given-github-files.json") where file.dialect == "github" {
      let parsed = CodeOwnersParser(dialect: .gitHub).parse(file.codeowners)
      for one in file.cases {
        let answer = parsed.owners(of: one.path)
        #expect(answer.line == one.line, "\(file.id): \(one.path)")
        #expect(answer.owners.map(\.text) == one.owners, "\(file.id): \(one.path)")
      }
    }
  }

  @Test func `a line reads as published`() throws {
    for one in try SharedVectors.decode([Line].self, "vectors/given-parse-lines.json") {
      let file = CodeOwnersParser(dialect: .gitHub).parse(one.line)
      guard one.status == "ok" || one.status == "warn-never-matches" else {
        #expect(file.rules.isEmpty && file.diagnostics.first?.effect == .lineSkipped, "\(one.line)")
        continue
      }
      #expect(file.rules.first?.pattern == one.pattern, "\(one.line)")
      #expect(
        file.rules.first?.owners.map(\.text) == one.owners.map { ($0.type == "email" ? "" : "@") + $0.value }, "\(one.line)")
      #expect(file.diagnostics.isEmpty == (one.status == "ok"), "\(one.line)")
    }
  }

  @Test(arguments: SharedVectors.corpora) func `a real file owns every path of its repository as published`(corpus: String)
    async throws
  {
    let text = try SharedVectors.bytes("corpora/\(corpus)/CODEOWNERS")
    let file = CodeOwnersParser(dialect: .gitHub).parse(bytes: text)
    let expected = try await SharedVectors.lines("corpora/\(corpus)/expected.tsv.gz")
    try #require(expected.count > 1_000)
    let wrong = expected.filter { row in
      let fields = row.split(separator: "\t", omittingEmptySubsequences: false)
      return fields.count != 3 || words(file.owners(of: String(fields[0]))) != "\(fields[1])\t\(fields[2])"
    }
    #expect(wrong.isEmpty, "\(wrong.count) of \(expected.count), first \(wrong.prefix(5))")
    let paths = expected.map { String($0.prefix { $0 != "\t" }) }
    #expect(file.ruleIndices(ofSorted: paths) == paths.map { file.ruleIndex(for: $0) })
    #expect(!CodeOwnersLint.findings(in: file).contains { $0.rule == .unprovenRules })
  }

  @Test func `the largest file decides about sorted paths as about single ones, and by rules that match`() async throws {
    let text = try await SharedVectors.lines("synthetic-max-3mb/CODEOWNERS.gz").joined(separator: "\n")
    let paths = try await SharedVectors.lines("synthetic-max-3mb/paths.txt.gz").enumerated().filter { $0.offset % 20 == 0 }.map(
      \.element)
    let file = CodeOwnersParser(dialect: .gitHub).parse(text)
    try #require(file.rules.count == 62_400)
    #expect(file.ruleIndices(ofSorted: paths) == paths.map { file.ruleIndex(for: $0) })
    for path in paths.prefix(500) {
      let matching = file.matches(of: path)
      #expect(matching.last == file.rule(for: path))
      #expect(matching.allSatisfy { NaiveMatcher($0.pattern).matches(path) }, "\(path)")
    }
  }

  private func words(_ ownership: Ownership) -> String {
    switch ownership {
    case .owned(let owners, let line): "\(line)\t" + owners.map(\.text).joined(separator: " ")
    case .unowned(let line): "\(line)\t<none>"
    case .noRule: "\t<unmatched>"
    }
  }
}

enum SharedVectors {
  static let folder = Peers.sharedFolder.appendingPathComponent("data/codeowners")

  static let absence = "the CODEOWNERS vectors are missing: they belong into ../shared/data/codeowners beside the checkout"

  /// With `KOALR_REQUIRE_PEERS=1` the answer is always yes, so that absence fails.
  static let available =
    ProcessInfo.processInfo.environment["KOALR_REQUIRE_PEERS"] == "1" || FileManager.default.fileExists(atPath: folder.path)

  static let corpora: [String] = {
    let names = try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent("corpora").path)
    return names?.sorted() ?? ["missing"]
  }()

  static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: folder.appendingPathComponent(name))) }

  static func decode<Value: Decodable>(_ type: Value.Type, _ name: String) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(type, from: Data(try bytes(name)))
  }

  /// The lines of a compressed file.
  static func lines(_ name: String) async throws -> [String] {
    let outcome = try await TestProgram.run(["gzip", "-dc", folder.appendingPathComponent(name).path])
    try #require(outcome.exitCode == 0)
    let text = outcome.standardOutput
    return text.split(separator: "\n").map(String.init)
  }
}
