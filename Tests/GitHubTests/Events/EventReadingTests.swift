import Foundation
import KoalrCore
import KoalrGitHub
import Testing

struct EventReadingTests {
  private static let repository = #""repository": {"node_id": "R_api", "full_name": "acme/api"}"#

  struct Case: Sendable, CustomTestStringConvertible {
    var event: String
    var json: String
    var subjects: [HostEvent.Subject]
    var version: String?
    var testDescription: String { event }
  }

  private static let sha = Stub.sha("a")
  private static let commit = CommitID(unchecked: sha)

  static let cases = [
    Case(
      event: "push",
      json: #""ref": "refs/heads/main", "before": "\#(Stub.sha("b"))", "after": "\#(sha)", "forced": true, \#(repository)"#,
      subjects: [.branch("main", before: CommitID(unchecked: Stub.sha("b")), after: commit, forced: true)]),
    Case(
      event: "push",
      json: #""ref": "refs/heads/a\"b\u00e9/c", "before": "\#(Stub.sha("0"))", "after": "\#(sha)", \#(repository)"#,
      subjects: [.branch("a\"bé/c", before: nil, after: commit, forced: false)]),
    Case(event: "push", json: #""ref": "refs/tags/1.0", "before": null, "after": "\#(sha)", \#(repository)"#, subjects: []),
    Case(event: "push", json: #""ref": "refs/heads/x", "after": "\#(Stub.sha("0"))", \#(repository)"#, subjects: []),
    Case(
      event: "pull_request", json: #""pull_request": {"node_id": "PR_1", "updated_at": "2026-11-20T10:00:00Z"}, \#(repository)"#,
      subjects: [.change(ChangeID(unchecked: "PR_1"))], version: "2026-11-20T10:00:00Z"),
    Case(
      event: "pull_request_review",
      json: """
        "review": {"submitted_at": "2026-11-20T10:00:05Z"},
        "pull_request": {"node_id": "PR_1", "updated_at": "2026-11-20T10:00:00Z"}, \(repository)
        """,
      subjects: [.change(ChangeID(unchecked: "PR_1"))], version: "2026-11-20T10:00:05Z"),
    Case(
      event: "pull_request_review_comment", json: #""pull_request": {"node_id": "PR_1"}, \#(repository)"#,
      subjects: [.change(ChangeID(unchecked: "PR_1"))]),
    Case(
      event: "issues", json: #""issue": {"node_id": "I_1", "updated_at": "2026-11-20T10:00:00Z"}, \#(repository)"#,
      subjects: [.ticket(SourceID(unchecked: "I_1"))], version: "2026-11-20T10:00:00Z"),
    Case(
      event: "issue_comment", json: #""issue": {"node_id": "I_1"}, "comment": {"updated_at": null}, \#(repository)"#,
      subjects: [.ticket(SourceID(unchecked: "I_1"))]),
    Case(
      event: "issue_comment", json: #""issue": {"node_id": "PR_1", "pull_request": {"url": "x"}}, \#(repository)"#,
      subjects: [.change(ChangeID(unchecked: "PR_1"))]),
    Case(
      event: "deployment_status",
      json: """
        "deployment": {"node_id": "DE_1", "updated_at": "2026-11-20T10:00:00Z"},
        "deployment_status": {"created_at": "2026-11-20T10:00:07Z"}, \(repository)
        """,
      subjects: [.deployment(SourceID(unchecked: "DE_1"))], version: "2026-11-20T10:00:07Z"),
    Case(event: "check_run", json: #""check_run": {"head_sha": "\#(sha)"}, \#(repository)"#, subjects: [.checks(commit)]),
    Case(event: "check_suite", json: #""check_suite": {"head_sha": "\#(sha)"}, \#(repository)"#, subjects: [.checks(commit)]),
    Case(event: "status", json: #""sha": "\#(sha)", \#(repository)"#, subjects: [.checks(commit)]),
    Case(event: "repository", json: repository, subjects: [.repository]),
    Case(event: "membership", json: #""scope": "team""#, subjects: [.people]),
    Case(event: "team", json: repository, subjects: [.people]),
    Case(event: "organization", json: #""membership": {"role": "member"}"#, subjects: [.people]),
    Case(event: "ping", json: #""hook_id": 1"#, subjects: [.hook]),
  ]

  @Test(arguments: cases)
  func `an event names what to look at again, and since when`(of row: Case) throws {
    for (type, body) in [
      ("application/json; charset=utf-8", "{\(row.json)}"),
      ("application/x-www-form-urlencoded", try Delivery.form("{\(row.json)}")),
    ] {
      let event = try Delivery.read(row.event, body, type: type)
      #expect(event.subjects == row.subjects)
      #expect(event.version == row.version.flatMap(ISO8601Time.parse))
      #expect(event.isKnown)
    }
  }

  @Test func `a new line and a plus in a form mean what they mean`() throws {
    let body = #"{"hook_id":+1,%0A"note":"a+%2B+b"}"#
    #expect(try Delivery.read("ping", "x=1&payload=" + body, type: "application/x-www-form-urlencoded").isKnown)
  }

  @Test func `an unknown event is accepted without a look at its body`() throws {
    let event = try Delivery.read("sponsorship", "not JSON at all")
    #expect(!event.isKnown && event.subjects.isEmpty && event.name == "sponsorship")
  }

  @Test(arguments: [
    ("push", "{", "the payload is not a JSON object"), ("push", "", "the payload is not a JSON object"),
    ("push", "[1]", "the payload is not a JSON object"), ("push", #"{"a": [}]}"#, "the payload is not a JSON object"),
    ("push", #"{"a": "b}"#, "the payload is not a JSON object"), ("push", #"{"a": 1} x"#, "the payload is not a JSON object"),
    ("push", #"{"ref": "refs/heads/main"}"#, "the event push has no repository.node_id"),
    ("push", #"{"repository": {"node_id": "R_1"}}"#, "the event push has no ref"),
    (
      "pull_request", #"{"repository": {"node_id": "R_1"}, "pull_request": {"node_id": 7}}"#,
      "the event pull_request has no pull_request.node_id"
    ),
    ("status", #"{"repository": {"node_id": "R_1"}, "sha": "xyz"}"#, "the event status has no sha"),
    ("Bad Name", "{}", "the event has no name"), ("", "{}", "the event has no name"),
  ])
  func `what cannot be understood is refused with a reason that repeats nothing of it`(
    event: String, json: String, reason: String
  ) throws {
    #expect(try Delivery.refusal(event, json) == DeliveryRefusal(.malformed, reason))
  }

  @Test func `a body of another type, or a form that is none, is refused`() throws {
    #expect(try Delivery.refusal("ping", "<xml/>", type: "text/xml").reason == "the body is neither JSON nor a form")
    let form = "application/x-www-form-urlencoded"
    #expect(try Delivery.refusal("ping", "load=1", type: form).reason == "the form has no payload")
    #expect(try Delivery.refusal("ping", "payload=%7B%2", type: form).reason == "the form is not percent-encoded")
  }

  @Test func `lists within lists beyond all measure are refused, not followed`() throws {
    let deep = #"{"a": "# + String(repeating: "[", count: 100_000)
    #expect(try Delivery.refusal("ping", deep).reason == "the payload is not a JSON object")
    let fine = #"{"a": "# + String(repeating: "[", count: 60) + String(repeating: "]", count: 60) + "}"
    #expect(try Delivery.read("ping", fine).isKnown)
  }
}
