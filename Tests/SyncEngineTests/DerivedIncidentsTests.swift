import KoalrCore
import Testing

@testable import KoalrSyncEngine

struct DerivedIncidentsTests {
  @Test(arguments: [
    ("production", true), ("prod-eu", true), ("Production", true), ("eu-production", true), ("live", true), ("PROD (EU)", true),
    ("staging", false), ("preview-12", false), ("products-test", false), ("delivery", false), ("pre-production", false),
    ("non-prod", false), ("production-preview", false), ("preprod", false),
  ])
  func `an environment is production by its name`(name: String, expected: Bool) {
    #expect(IncidentRules().isProduction(name) == expected)
  }

  @Test func `a host names its own environments and labels`() {
    let rules = IncidentRules(labels: ["P1"], environments: ["pre-prod", "shop"])
    #expect(rules.isProduction("pre-prod") && rules.isProduction("Shop-EU") && !rules.isProduction("production"))
    #expect(rules.isIncident("p1") && rules.isIncident("priority: P1") && !rules.isIncident("incident"))
  }

  @Test(arguments: [
    ("incident", true), ("Outage", true), ("sev1", true), ("kind/incident", true), ("severity: sev-2", true),
    ("type:outage 🔥", true),
    ("bug", false), ("incidental", false), ("incident-followup", false), ("no incident", false), ("", false), ("/", false),
  ])
  func `a ticket is an incident by its label`(label: String, expected: Bool) {
    #expect(derived().from([ticket(labels: [label])]).isEmpty != expected)
  }

  @Test(arguments: [
    ([DeploymentStatus.State.inProgress, .failure], 0.3), ([.success, .failure], 0.8), ([.error], 0.2),
    ([.error, .failure], 0.3),
  ])
  func `a failed deployment is as sure as what its statuses say`(states: [DeploymentStatus.State], expected: Double) {
    let deployment = Self.deployment("D1", 9, "production", states.enumerated().map { ($1, 10 + Double($0)) })
    #expect(derived(deployments: [deployment]).fromDeployments().map(\.confidence) == [expected])
  }

  @Test func `a failed production deployment is an incident until the next success there`() throws {
    let failed = Self.deployment("D1", 9, "production", [(.inProgress, 0), (.failure, 10)])
    let others = [
      Self.deployment("D2", 8, "production", [(.success, 100)]), Self.deployment("D3", 9, "staging", [(.failure, 5)]),
      Self.deployment("D4", 8, "prod-eu", [(.success, 50)]),
    ]
    let incident = try #require(derived(deployments: others + [failed]).fromDeployments().first)
    #expect(derived(deployments: others + [failed]).fromDeployments().count == 1)
    #expect(incident.id.rawValue == "deployment:D1" && incident.causeSHA == SmallWorld.sha(9))
    #expect(incident.startedAt == Date(timeIntervalSince1970: 10))
    #expect(incident.resolvedAt == Date(timeIntervalSince1970: 100))
  }

  @Test(arguments: [(3600.0, 0.2), (3800.0, 0.3)])
  func `what went well when tried again soon was a bad attempt`(after: Double, expected: Double) {
    let attempts = [
      Self.deployment("D1", 9, "production", [(.failure, 10)]), Self.deployment("D2", 9, "production", [(.success, 10 + after)]),
    ]
    #expect(derived(deployments: attempts).fromDeployments().map(\.confidence) == [expected])
  }

  @Test func `a ticket blames the commit or the change that it names`() {
    let bad = SmallWorld.commit(SmallWorld.api, 0xabc, days: 9, parents: [], files: ["a"])
    let change = Self.change(7, merge: 5, title: "Add paging")
    let all = derived([bad, SmallWorld.commit(SmallWorld.api, 5, days: 8, parents: [0xabc], files: [])], changes: [change])
    let named = { (mentions: [String]?, title: String) in
      all.from([self.ticket(labels: ["incident"], title: title, mentions: mentions)]).first?.causeSHA
    }
    #expect(named(["#7"], "Down") == SmallWorld.sha(5))
    #expect(named([bad.sha.rawValue, "#7"], "Down") == bad.sha)
    // Two commits begin with these digits.
    #expect(named(["0000000"], "Down") == nil)
    #expect(named(["#8"], "Down") == nil && named(nil, "Down since #7") == SmallWorld.sha(5))
  }

  static func deployment(
    _ id: String, _ sha: Int, _ environment: String, _ statuses: [(DeploymentStatus.State, Double)]
  ) -> Deployment {
    Deployment(
      id: SourceID(unchecked: id), repositoryID: SmallWorld.api, environment: environment, sha: SmallWorld.sha(sha),
      createdAt: Date(timeIntervalSince1970: 0), updatedAt: Date(timeIntervalSince1970: 200),
      statuses: statuses.map { DeploymentStatus(state: $0, createdAt: Date(timeIntervalSince1970: $1)) })
  }

  static func change(_ number: Int, merge: Int, title: String, days: Double = 8) -> Change {
    Change(
      id: ChangeID(unchecked: "PR_\(number)"), repositoryID: SmallWorld.api, number: number, title: title, state: .merged,
      createdAt: SmallWorld.day(days + 1), updatedAt: SmallWorld.day(days), mergedAt: SmallWorld.day(days),
      mergeSHA: SmallWorld.sha(merge))
  }

  private func derived(_ commits: [Commit] = [], changes: [Change] = [], deployments: [Deployment] = []) -> DerivedIncidents {
    DerivedIncidents(rules: IncidentRules(), commits: commits, head: nil, changes: changes, deployments: deployments)
  }

  private func ticket(labels: [String], title: String = "Down", mentions: [String]? = nil) -> KoalrCore.Issue {
    Issue(
      id: SourceID(unchecked: "I1"), repositoryID: SmallWorld.api, number: 1, state: .open, title: title, author: nil,
      createdAt: SmallWorld.now, updatedAt: SmallWorld.now, closedAt: nil, labels: labels, mentions: mentions)
  }
}
