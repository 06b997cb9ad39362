import KoalrCore
import KoalrGitHub
import KoalrHTTPTransport
import KoalrTesting
import Testing

struct ChangeReadingTests {
  private func read(_ requests: [RepositoryPageRequest] = [Stub.request()], _ answer: @escaping @Sendable (String) -> String)
    async throws -> [RepositoryPage<Change>]
  {
    try await Stub.gitHub(Stub.graphQL(answer)).changes(requests)
  }

  @Test(arguments: [
    (#"{"__typename": "User", "login": "mona"}"#, "mona"), (#"{"__typename": "Bot", "login": "renovate"}"#, "renovate[bot]"),
    (#"{"__typename": "Bot", "login": "renovate[bot]"}"#, "renovate[bot]"), ("null", nil),
    (#"{"__typename": "Mannequin", "login": "mona"}"#, nil), (#"{"__typename": "User", "login": "a/b"}"#, nil),
  ])
  func `an author is an account, a bot with its suffix, or unknown`(wire: String, login: String?) async throws {
    let pages = try await read { _ in Stub.page([Stub.pull(1, ["author": wire])]) }
    #expect(try pages[0].result.get().elements.map(\.author?.rawValue) == [login])
  }

  @Test func `check runs and statuses are checks, without a verdict while they run`() async throws {
    let contexts = Stub.list([
      #"{"name": "build", "status": "COMPLETED", "conclusion": "TIMED_OUT", "completedAt": "2026-09-01T10:00:00Z"}"#,
      #"{"name": "test", "status": "IN_PROGRESS", "conclusion": null, "completedAt": null}"#,
      #"{"context": "coverage", "state": "ERROR", "createdAt": "2026-09-01T11:00:00Z"}"#,
      #"{"context": "deploy", "state": "EXPECTED", "createdAt": "2026-09-01T11:00:00Z"}"#,
    ])
    let pages = try await read { _ in Stub.page([Stub.pull(1, ["statusCheckRollup": #"{"contexts": \#(contexts)}"#])]) }
    let checks = try #require(try pages[0].result.get().elements[0].checks)
    #expect(checks.map(\.name) == ["build", "test", "coverage", "deploy"])
    #expect(checks.map(\.conclusion) == ["timed_out", nil, "error", nil])
    #expect(checks.map { $0.completedAt != nil } == [true, false, true, false])
  }

  @Test func `lists that are not empty are fetched until they are complete`() async throws {
    let contexts = Stub.list([#"{"name": "one", "status": "COMPLETED", "conclusion": "SUCCESS"}"#], next: "C1")
    let pull = Stub.pull(
      1, ["reviews": #"{"totalCount": 2}"#, "labels": #"{"totalCount": 1}"#, "statusCheckRollup": #"{"contexts": \#(contexts)}"#])
    let pages = try await read { text in
      if text.contains("pullRequests(") { return Stub.page([pull]) }
      if text.contains("R1") {
        let review = Stub.list([#"{"id": "V2", "state": "APPROVED", "submittedAt": "2026-09-02T10:00:00Z", "author": null}"#])
        return #"{"data": {"i0": {"id": "PR_1", "reviews": \#(review)}}}"#
      }
      let review = Stub.list(
        [#"{"id": "V1", "state": "COMMENTED", "author": {"__typename": "User", "login": "hub"}}"#], next: "R1")
      let check = Stub.list([#"{"context": "two", "state": "SUCCESS", "createdAt": "2026-09-02T10:00:00Z"}"#])
      return """
        {"data": {"reviews0": [{"id": "PR_1", "reviews": \(review)}],
        "pullRequestLabels0": [{"id": "PR_1", "labels": \(Stub.list([#"{"name": "risky"}"#]))}],
        "i2": {"id": "PR_1", "statusCheckRollup": {"contexts": \(check)}}}}
        """
    }
    let page = try pages[0].result.get()
    #expect(page.gaps == [])
    #expect(page.elements[0].reviews?.map(\.id.rawValue) == ["V1", "V2"])
    #expect(page.elements[0].reviews?.map(\.author?.rawValue) == ["hub", nil])
    #expect(page.elements[0].labels == ["risky"])
    #expect(page.elements[0].checks?.map(\.name) == ["one", "two"])
  }

  @Test func `one repository that is gone does not stop the others`() async throws {
    let pages = try await read([Stub.request("gone"), Stub.request("api")]) { _ in
      """
      {"data": {"r0": null, "r1": {"list": \(Stub.list([Stub.pull(1)]))}},
      "errors": [{"type": "NOT_FOUND", "path": ["r0"], "message": "Could not resolve to a node"}]}
      """
    }
    guard case .failure(let error) = pages[0].result else { return #expect(Bool(false), "the first must fail") }
    #expect(error.code == .notFound)
    #expect(error.description.hasPrefix("github: could not list pull requests of acme/gone: it does not exist"))
    #expect(try pages[1].result.get().elements.count == 1)
  }

  @Test func `what is older than the window is dropped and ends the list`() async throws {
    let pages = try await read { _ in
      Stub.page([Stub.pull(1), Stub.pull(2, ["updatedAt": "\"2026-01-01T00:00:00Z\""])], next: "NEXT")
    }
    let page = try pages[0].result.get()
    #expect(page.elements.map(\.number) == [1])
    #expect(page.next == nil)
  }

  @Test func `an item that GitHub cannot answer whole is read with less, then passed over, and both are said`() async throws {
    let withoutChecks = try await read { $0.contains("statusCheckRollup") ? "<html>" : Stub.page([Stub.pull(7)]) }
    let page = try withoutChecks[0].result.get()
    #expect(page.elements.map(\.checks) == [nil])
    #expect(page.gaps.map(\.what) == ["checks of acme/api#7"])

    let passedOver = try await read { text in
      text.contains("title")
        ? "<html>" : Stub.page([#"{"id": "PR_7", "number": 7, "updatedAt": "2026-09-01T10:00:00Z"}"#], next: "N")
    }
    let rest = try passedOver[0].result.get()
    #expect(rest.elements.isEmpty)
    #expect(rest.gaps.map(\.what) == ["acme/api#7"])
    #expect(rest.next != nil)
  }

  @Test func `reviews that GitHub cannot give are unknown and stated`() async throws {
    let pages = try await read { text in
      if text.contains("pullRequests(") { return Stub.page([Stub.pull(3, ["reviews": #"{"totalCount": 9}"#])]) }
      return """
        {"data": {"reviews0": [{"id": "PR_3", "reviews": null}]},
        "errors": [{"type": "RESOURCE_LIMITS_EXCEEDED", "path": ["reviews0", 0, "reviews"], "message": "exceeded"}]}
        """
    }
    let page = try pages[0].result.get()
    #expect(page.elements.map(\.reviews) == [nil])
    #expect(page.elements.map(\.labels) == [[]])
    #expect(page.gaps.map(\.what) == ["reviews of acme/api#3"])
  }

  @Test func `a next page that is this page ends the list with a gap`() async throws {
    let first = try await read { _ in Stub.page([Stub.pull(1)], next: "SAME") }[0].result.get()
    let second = try await read([Stub.request(after: first.next)]) { _ in Stub.page([Stub.pull(1)], next: "SAME") }[0].result
      .get()
    // Once more, and larger: rows that moved down bring a small page again.
    #expect(second.next?.rawValue.hasPrefix("100 ") == true && second.gaps.isEmpty)
    let third = try await read([Stub.request(after: second.next)]) { _ in Stub.page([Stub.pull(1)], next: "SAME") }[0].result
      .get()
    #expect(third.next == nil)
    #expect(third.gaps.map(\.what) == ["further pull requests of acme/api"])
  }

  @Test func `a quiet repository is answered without a call, a foreign cursor is refused`() async throws {
    var quiet = Stub.request()
    quiet.repository.newestChangeAt = Stub.since.addingTimeInterval(-1)
    let transport = Stub.graphQL { _ in "{}" }
    let pages = try await Stub.gitHub(transport).changes([quiet])
    #expect(try pages[0].result.get().elements.isEmpty)
    #expect(transport.requests.isEmpty)
    let refused = try await Stub.gitHub(transport).changes([Stub.request(after: Cursor("page=2")), quiet])
    #expect(throws: IntegrationError.self) { try refused[0].result.get() }
    #expect(try refused[1].result.get().next == nil)
    #expect(transport.requests.isEmpty)
  }
}
