import KoalrCore
import KoalrTesting
import Testing

struct ReportedIncidentsTests {
  private static let whole = """
    {"id": "PD-1", "source": "pagerduty", "repository": "acme/auth-service", "title": "Down", "startedAt": "2026-11-01T10:00:00Z", \
    "resolvedAt": "2026-11-01T11:00:00Z", "confidence": 0.5, "commit": "\(String(repeating: "a", count: 40))"}
    """
  private static let least = #"{"id": "2", "title": "Slow", "startedAt": "2026-11-02T10:00:00Z"}"#

  private let directory = RepositoryDirectory(SampleOrganisation.world.repositories.map(\.repository))

  @Test func `a line becomes an incident of its repository`() async throws {
    let source = try ReportedIncidents(jsonLines: Data("\(Self.whole)\n\n\(Self.least)".utf8))
    let page = try await source.incidents(in: directory, since: .distantPast, after: nil)
    #expect(page.next == nil && page.elements.map(\.id.rawValue) == ["pagerduty:PD-1", "file:2"])
    let first = try #require(page.elements.first)
    #expect(first.repositoryID == SampleOrganisation.world["auth-service"]?.repository.id && first.confidence == 0.5)
    #expect(first.causeSHA?.short == "aaaaaaaaaaaa" && first.resolvedAt == ISO8601Time.parse("2026-11-01T11:00:00Z"))
    let second = try #require(page.elements.last)
    #expect(second.repositoryID == nil && second.confidence == 1 && second.resolvedAt == nil && second.causeSHA == nil)
  }

  @Test func `the end of a file may be missing or have the line ends of Windows`() throws {
    for text in ["", "\n", " \r\n", Self.least, Self.least + "\r\n"] {
      #expect(throws: Never.self) { try ReportedIncidents(jsonLines: Data(text.utf8)) }
    }
  }

  private static let time = #"write when it began, such as "2026-11-20T12:00:00Z""#
  private static let end = #"write when it ended, such as "2026-11-20T12:00:00Z""#
  private static let name = #"write the tool's name for it, such as "PD-123""#
  private static let tool = #"write the tool in lower case, such as "pagerduty", or leave it out"#

  @Test(arguments: [
    ("nonsense", "it is not JSON; write one JSON object in each line"),
    ("[1]", #"it is not a JSON object; write one incident as {"id": …, "title": …, "startedAt": …}"#),
    (#"{"id": "3", "title": "T"}"#, "startedAt is missing; \(time)"),
    (#"{"id": "3", "title": "T", "startedAt": "yesterday"}"#, "startedAt is not a time; \(time)"),
    (#"{"id": "3", "title": "T", "startedAt": 5}"#, "startedAt is not a text; \(time)"),
    (with(#""resolvedAt": "later""#), "resolvedAt is not a time; \(end)"),
    (
      with(#""resolvedAt": "2026-10-01T00:00:00Z""#),
      "resolvedAt is before startedAt; write when it ended, or leave it out while it lasts"
    ),
    (#"{"title": "T", "startedAt": "2026-11-01T00:00:00Z"}"#, "id is missing; \(name)"),
    (
      #"{"id": "", "title": "T", "startedAt": "2026-11-01T00:00:00Z"}"#,
      "id is empty, too long, or holds control characters; \(name)"
    ),
    (#"{"id": "3", "startedAt": "2026-11-01T00:00:00Z"}"#, "title is missing; write one line for a person"),
    (#"{"id": "3", "title": "\n", "startedAt": "2026-11-01T00:00:00Z"}"#, "title is empty; write one line for a person"),
    (with(#""source": "Pager Duty""#), "source is not a word; \(tool)"),
    (with(#""source": "revert""#), "source is one that Koalr derives itself; \(tool)"),
    (
      with(#""repository": "api""#),
      #"repository is not a repository; write its full name, such as "acme/api", or leave it out"#
    ),
    (with(#""confidence": 95"#), "confidence is not a number from 0 to 1; write a number from 0 to 1, or leave it out for 1"),
    (
      with(#""commit": "abc""#),
      "commit is not a commit; write all 40 digits of the commit behind it, in lower case, or leave it out"
    ),
    (
      with(#""severity": 1"#),
      "it has a field that is not known; the fields are id, title, startedAt, resolvedAt, source, repository, confidence, commit"
    ),
    (least, "its id is that of line 1; give each incident one line and an id of its own"),
    (String(repeating: " ", count: 70_000), "it has more than 65536 bytes; shorten it"),
  ])
  func `a wrong line is named with what to do`(line: String, expected: String) {
    let error = #expect(throws: IncidentFileError.self) {
      try ReportedIncidents(jsonLines: Data("\(Self.least)\n\n\(line)\n".utf8))
    }
    #expect(error?.description == "line 3: \(expected)")
  }

  private static func with(_ field: String) -> String {
    #"{"id": "3", "title": "T", "startedAt": "2026-11-01T00:00:00Z", \#(field)}"#
  }

  @Test(arguments: IncidentSourceContract.Promise.allCases)
  func `a list of reports keeps`(_ promise: IncidentSourceContract.Promise) async throws {
    let repositories = SampleOrganisation.world.repositories.map(\.repository)
    let since = SampleOrganisation.now.addingTimeInterval(-45 * 86_400)
    let lines = (0..<1200).map { index in
      let start = ISO8601Time.format(SampleOrganisation.now.addingTimeInterval(-Double(index) * 7200))
      let name = index.isMultiple(of: 2) ? "web-shop" : "gone"
      return #"{"id": "\#(index)", "repository": "acme/\#(name)", "title": "T", "startedAt": "\#(start)"}"#
    }
    let source = try ReportedIncidents(jsonLines: Data(lines.joined(separator: "\n").utf8))
    try await IncidentSourceContract(in: repositories, since: since) { source }.check(promise)
  }

  @Test func `a position of another source is refused`() async throws {
    let source = try ReportedIncidents(jsonLines: Data(Self.least.utf8))
    for place in ["page-2", "-1", "7"] {
      await #expect(throws: IntegrationError.self) {
        try await source.incidents(in: directory, since: .distantPast, after: Cursor(place))
      }
    }
  }
}
