import Foundation
import KoalrCodeOwnersParser
import Testing

/// Published vectors and files in GitLab's dialect that lie beside the project and are not part of it.
@Suite(.enabled(if: SharedVectors.available, Comment(rawValue: SharedVectors.absence)))
struct GitLabVectorTests {
  struct Match: Decodable {
    var pattern: String
    var path: String
    var expected: Bool
  }

  struct Whole: Decodable {
    var codeowners: String
    var errors: [Fault]
    var cases: [Answer]
    var source: String
  }

  /// A line and the name that GitLab gives to what is wrong with it.
  struct Fault: Decodable, Hashable {
    var line: Int
    var name: String

    init(line: Int, name: String) { (self.line, self.name) = (line, name) }

    init(from decoder: any Decoder) throws {
      var pair = try decoder.unkeyedContainer()
      (line, name) = (try pair.decode(Int.self), try pair.decode(String.self))
    }
  }

  struct Answer: Decodable, Hashable {
    var path: String
    var sections: [Section]
  }

  struct Section: Decodable, Hashable {
    var section: String
    var pattern: String
    var owners: [String]
    var line: Int
    var approvals: Int
    var optional: Bool
  }

  @Test func `a pattern matches as Ruby's fnmatch does`() throws {
    let records = try SharedVectors.decode([Match].self, "vectors/given-gitlab-match.json")
    try #require(records.count > 1_000)
    let wrong = records.filter {
      (CodeOwnersParser(dialect: .gitLab).parse("\($0.pattern) @a").rule(for: $0.path) != nil) != $0.expected
    }
    #expect(wrong.isEmpty, "\(wrong.count) of \(records.count), first \(wrong.prefix(5))")
  }

  @Test func `the plain matcher of these tests agrees with Ruby's too`() throws {
    let records = try SharedVectors.decode([Match].self, "vectors/given-gitlab-match.json")
    let wrong = records.filter { PlainFnmatch.matches(pattern: $0.pattern, path: $0.path) != $0.expected }
    #expect(wrong.isEmpty, "\(wrong.count) of \(records.count), first \(wrong.prefix(5))")
  }

  @Test func `a whole file decides and complains as published`() throws {
    let files = try SharedVectors.decode([Whole].self, "vectors/given-gitlab-files.json")
    try #require(files.count > 10)
    for one in files {
      let file = CodeOwnersParser(dialect: .gitLab).parse(one.codeowners)
      for expected in one.cases { #expect(answer(file, expected.path) == expected, "\(one.source)") }
      // What GitLab reports has GitLab's names; what only Koalr notes has dashes in its own.
      let faults = file.diagnostics.map { Fault(line: $0.line, name: $0.kind.rawValue) }.filter { $0.name.contains("_") }
      #expect(faults == one.errors, "\(one.source)")
      #expect(file.text == one.codeowners)
    }
  }

  @Test(arguments: ["esp-idf", "synthetic-otel-sections"])
  func `a real file decides about every path of its repository as published`(corpus: String) async throws {
    let file = CodeOwnersParser(dialect: .gitLab).parse(bytes: try SharedVectors.bytes("corpora-gitlab/\(corpus)/CODEOWNERS"))
    let rows = try await SharedVectors.lines("corpora-gitlab/\(corpus)/expected.jsonl.gz")
    let expected = try rows.map { try JSONDecoder().decode(Answer.self, from: Data($0.utf8)) }
    try #require(expected.count > 1_000)
    let wrong = expected.filter { answer(file, $0.path) != $0 }
    #expect(wrong.isEmpty, "\(wrong.count) of \(expected.count), first \(wrong.prefix(3))")
  }

  private func answer(_ file: CodeOwnersFile, _ path: String) -> Answer {
    Answer(
      path: path,
      sections: file.decisions(for: path).map {
        Section(
          section: $0.section?.name ?? "", pattern: $0.rule.pattern, owners: $0.owners.map(\.text), line: $0.rule.line,
          approvals: $0.approvals, optional: $0.isOptional)
      })
  }
}
