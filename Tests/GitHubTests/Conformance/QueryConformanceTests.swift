import Foundation
import KoalrCore
import PeerSupport
import Testing

@testable import KoalrGitHub

/// Every question that is ever sent, against GitHub's schema and its rule for prices.
@Suite(
  .enabled(if: ReferenceData.available, Comment(rawValue: ReferenceData.absence)),
  .enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct QueryConformanceTests {
  /// What the schema and the rule say of a question.
  struct Verdict: Decodable {
    var name: String
    var problems: [String]
    var connections: Int
    var points: Int
    var nodes: Int
  }

  private struct Question: Encodable {
    var name: String
    var body: String
  }

  @Test func `every question is valid by GitHub's schema and costs what its comment says`() async throws {
    var allowed: [String: Int] = [:]
    var input = ""
    for (name, most, query) in Self.all {
      allowed[name] = most
      let question = Question(name: name, body: String(decoding: try query.body(), as: UTF8.self))
      input += String(decoding: try JSONEncoder().encode(question), as: UTF8.self) + "\n"
    }
    let peers = Peers.sharedFolder.appendingPathComponent("peers").path
    let schema = ReferenceData.folder.appendingPathComponent("schema.graphql").path
    let outcome = try await TestProgram.run(["env", Peers.python, "-c", Self.judge, peers, schema], input: input)
    try #require(outcome.exitCode == 0, "\(outcome.standardError.suffix(1000))")
    let verdicts = try outcome.standardOutput.split(separator: "\n")
      .map { try JSONDecoder().decode(Verdict.self, from: Data($0.utf8)) }
    #expect(verdicts.count == Self.all.count)
    for verdict in verdicts {
      #expect(verdict.problems == [], "\(verdict.name)")
      #expect(verdict.points <= allowed[verdict.name] ?? 0, "\(verdict.name): \(verdict.connections) connections")
      #expect(verdict.nodes <= 500_000, "\(verdict.name)")
    }
  }

  // Parses, validates and prices each question; the price by the rule that the peers charge with.
  private static let judge = """
    import json, sys
    sys.path.insert(0, sys.argv[1])
    from graphql import GraphQLError, build_schema, parse, validate
    from graphql.execution.values import get_variable_values
    from github_parts.cost import price
    schema = build_schema(open(sys.argv[2]).read(), assume_valid=True)
    for line in sys.stdin:
        question = json.loads(line)
        body = json.loads(question["body"])
        document = parse(body["query"])
        operation = next(d for d in document.definitions if d.kind == "operation_definition")
        fragments = {d.name.value: d for d in document.definitions if d.kind == "fragment_definition"}
        problems = [error.message for error in validate(schema, document)]
        values = get_variable_values(schema, operation.variable_definitions or (), body["variables"])
        if isinstance(values, list):
            problems += [error.message for error in values]
        cost = price(operation, fragments, body["variables"])
        problems += [problem["message"] for problem in cost.problems]
        print(json.dumps({"name": question["name"], "problems": problems, "connections": cost.requests,
                          "points": cost.points, "nodes": cost.nodes}))
    """

  /// Every question with the most points it may cost, as large as it is ever made.
  private static var all: [(String, Int, GraphQLQuery)] { organization + lists + details + items + others }

  private static var organization: [(String, Int, GraphQLQuery)] {
    let people = PeopleQuery.Position(teams: "T", members: "M")
    return [
      ("organisation", 1, OrganizationQuery.make(organization: "acme")),
      ("repositories", 3, RepositoriesQuery.make(organization: "acme", size: 100, after: nil)),
      ("further repositories", 3, RepositoriesQuery.make(organization: "acme", size: 100, after: "C")),
      ("repositories in brief", 1, RepositoriesQuery.make(organization: "acme", size: 100, after: nil, isBrief: true)),
      ("people", 1, PeopleQuery.make(organization: "acme", at: .init(), teams: 50, withAddresses: true)),
      ("further people", 1, PeopleQuery.make(organization: "acme", at: people, teams: 50, withAddresses: false)),
    ]
  }

  private static var lists: [(String, Int, GraphQLQuery)] {
    let kinds: [RepositoryListKind] = [.pullRequests, .firstLook, .deployments, .issues]
    return kinds.flatMap { kind in
      let requests = (0..<200).map { Stub.request("r\($0)", after: $0 % 2 == 0 ? nil : Cursor("20 1 40 C")) }
      let plan = PagePlan(requests, kind: kind, itemLimit: kind.maximumItems, totals: RepositoryTotals())
      return kind.selections.indices.map { level in ("\(kind.noun), selection \(level)", 1, kind.query(plan, level: level)) }
    }
  }

  private static var details: [(String, Int, GraphQLQuery)] {
    DetailPart.allCases.flatMap { part in
      [nil, "C"].map { after in
        var item = DetailItem(id: "X", part: part, after: after, name: "acme/api#1")
        if part == .reviewThreads { item.size = 6 }
        let many = (0..<PagePlan.connectionsPerCall / item.weight).map { number in
          var one = item
          one.id = "X\(number)"
          return one
        }
        return ("\(part) \(after ?? "first")", 1, DetailQuery.make(many))
      }
    }
  }

  private static var items: [(String, Int, GraphQLQuery)] {
    let kinds: [ItemKind] = [.pullRequests, .deployments, .issues, .repositories, .checks, .checkRollups]
    return kinds.flatMap { kind in
      kind.selections.indices.map { level in
        let ids = (0..<min(kind.itemsPerCall, ItemKind.idsPerField)).map { "X\($0)" }
        return ("\(kind.noun) again, selection \(level)", 1, kind.query([ids], level: level))
      }
    }
  }

  private static var others: [(String, Int, GraphQLQuery)] {
    let sha = CommitID(unchecked: Stub.sha("a"))
    let samples = (0..<100).map { AuthorSample(repository: Stub.repository("r\($0)"), sha: sha) }
    let place = HistoryQuery.Position(tip: sha, cursor: "C")
    let many = samples.map(\.repository)
    return [
      ("authors", 1, AuthorsQuery.make(samples)),
      ("commits", 2, HistoryQuery.make(Stub.repository(), since: Stub.since, size: 100, at: nil)),
      ("further commits", 2, HistoryQuery.make(Stub.repository(), since: Stub.since, size: 100, at: place)),
      ("newest times", 3, TimesQuery.make(many, counted: many, since: Stub.since)),
      ("pull requests of windows", 1, CountsQuery.windows(many, since: Stub.since)),
      ("counts at the end", 1, CountsQuery.make(many, groups: [many], since: Stub.since)),
      ("counts of the window", 1, WindowCountQuery.make(["org:acme"], since: Stub.since)),
    ]
  }
}
