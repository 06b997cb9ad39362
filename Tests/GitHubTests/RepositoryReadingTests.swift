import KoalrCore
import KoalrGitHub
import Testing

struct RepositoryReadingTests {
  private func read(_ nodes: [String], errors: String = "[]") async throws -> Page<DiscoveredRepository> {
    let body = #"{"data": {"organization": {"repositories": \#(Stub.list(nodes))}}, "errors": \#(errors)}"#
    return try await Stub.gitHub(Stub.graphQL { _ in body }).repositories(after: nil)
  }

  private func blob(_ digit: Character, truncated: Bool = false) -> String {
    #"{"oid": "\#(Stub.sha(digit))", "isTruncated": \#(truncated), "text": "* @\#(digit)"}"#
  }

  @Test func `the first CODEOWNERS in GitHub's order wins`() async throws {
    let page = try await read([
      #"{"id": "R_1", "nameWithOwner": "acme/a", "rootOwners": \#(blob("2")), "docsOwners": \#(blob("3"))}"#,
      #"{"id": "R_2", "nameWithOwner": "acme/b", "gitHubOwners": \#(blob("1", truncated: true)), "rootOwners": \#(blob("2"))}"#,
      #"{"id": "R_3", "nameWithOwner": "acme/c", "gitHubOwners": {}}"#,
    ])
    let found = page.elements.map { one -> CodeOwnersSnapshot? in
      if case .found(let file) = one.codeOwners { file } else { nil }
    }
    #expect(found.map { $0?.path } == ["CODEOWNERS", ".github/CODEOWNERS", nil])
    #expect(found.map { $0?.text } == ["* @2", nil, nil])
    #expect(page.elements[2].codeOwners == .none)
  }

  @Test func `a name that cannot be one is a gap, and the others stay`() async throws {
    let page = try await read([
      #"{"id": "R_1", "nameWithOwner": "acme/../x"}"#, "null",
      #"{"id": "R_2", "nameWithOwner": "acme/b", "visibility": "INTERNAL"}"#,
    ])
    #expect(page.elements.map(\.repository.name.rawValue) == ["acme/b"])
    #expect(page.elements[0].repository.visibility == .internal)
    #expect(page.elements[0].repository.cloneURL == "https://github.com/acme/b.git")
    #expect(page.gaps.map(\.what) == ["the repository with the id R_1", "a repository of acme"])
  }

  @Test func `a CODEOWNERS file that may not be read is unknown, not absent`() async throws {
    let page = try await read(
      [#"{"id": "R_1", "nameWithOwner": "acme/a"}"#],
      errors: #"[{"type": "FORBIDDEN", "path": ["organization", "repositories", "nodes", 0, "rootOwners"]}]"#)
    guard case .unknown(let why) = page.elements[0].codeOwners else { return #expect(Bool(false), "must be unknown") }
    #expect(why.contains("may not do this"))
    #expect(page.gaps.map(\.what) == ["parts of the description of acme/a"])
  }
}
