import Foundation
import KoalrDomain
import Testing

struct IdentifierTests {
  @Test(arguments: [
    ("acme/api", true), ("acme/api.js", true), ("a/b", true), ("acme", false), ("acme/", false), ("/api", false),
    ("acme/api/x", false), ("acme/..", false), ("./api", false), ("acme/a b", false), ("acme/größe", false), ("", false),
    ("acme/a\u{0}", false), ("acme/" + String(repeating: "x", count: 300), false),
  ])
  func `a repository name is owner and name`(text: String, isOne: Bool) {
    #expect((RepositoryName(rawValue: text) != nil) == isOne)
  }

  @Test func `a repository name knows its halves`() throws {
    let name = try RepositoryName("acme/api.js")
    #expect(name.owner == "acme" && name.name == "api.js")
  }

  @Test(arguments: [
    (String(repeating: "a", count: 40), true), (String(repeating: "0", count: 64), true),
    (String(repeating: "A", count: 40), false),
    (String(repeating: "g", count: 40), false), ("abc", false), ("", false), (String(repeating: "a", count: 41), false),
  ])
  func `a commit id is a full object name`(text: String, isOne: Bool) {
    #expect((CommitID(rawValue: text) != nil) == isOne)
  }

  @Test(arguments: [("mona", true), ("dependabot[bot]", true), ("a b", false), ("acme/team", false), ("", false)])
  func `a login is one word`(text: String, isOne: Bool) {
    #expect((Login(rawValue: text) != nil) == isOne)
  }

  @Test(arguments: [("issue:I_1", true), ("revert:abc", true), ("issue", false), (":x", false), ("x:", false)])
  func `an incident id names its source`(text: String, isOne: Bool) {
    #expect((IncidentID(rawValue: text) != nil) == isOne)
    if isOne { #expect(IncidentID(rawValue: text)?.source.rawValue == text.split(separator: ":").first.map(String.init)) }
  }

  @Test func `what is refused says what it was meant to be, shortened`() {
    let text = String(repeating: "x", count: 100)
    #expect(throws: InvalidIdentifier(noun: "repository name (owner/name)", text: text)) { try RepositoryName(text) }
    #expect(InvalidIdentifier(noun: "login", text: text).description == "\"\(text.prefix(60))\" is not a login.")
  }

  @Test func `decoding checks as well`() throws {
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([CommitID].self, from: Data(#"["zz"]"#.utf8)) }
    #expect(try JSONDecoder().decode([Login].self, from: Data(#"["mona"]"#.utf8)) == [Login("mona")])
  }

  @Test func `order goes by bytes, not by language`() throws {
    #expect(try SourceID("Z") < SourceID("a") && SourceID("z") < SourceID("ä"))
  }
}
