import KoalrCore
import Testing

@testable import KoalrSyncEngine

struct IncidentJoiningTests {
  private let commits = (1...6).map {
    SmallWorld.commit(SmallWorld.api, $0, days: 20 - Double($0), parents: [$0 - 1], files: ["a"])
  }

  @Test func `reports that blame one commit are one, and the surest stands for it`() {
    let joined = join([
      report(.revert, "r", day: 10, 0.8, cause: 3), report(.issue, "t", day: 9, 0.9, cause: 3),
      report(.deployment, "d", day: 10.5, 0.4, cause: 3), report(.issue, "other", day: 9, 0.9, cause: 4),
    ])
    #expect(joined == ["deployment:d>issue:t", "issue:other", "issue:t 0.988", "revert:r>issue:t"])
  }

  @Test func `reports of one source do not make each other surer`() {
    #expect(
      join([report(.issue, "a", day: 9, 0.9, cause: 3), report(.issue, "b", day: 8, 0.9, cause: 3)]) == [
        "issue:a 0.9", "issue:b>issue:a",
      ])
  }

  @Test(arguments: [(9.9, true), (9.1, true), (8.9, false), (10.1, false)])
  func `a ticket without a cause belongs to what had begun within a day`(day: Double, isSame: Bool) {
    let joined = join([report(.revert, "r", day: 10, 0.8, cause: 3, until: 9.8), report(.issue, "t", day: day, 0.9)])
    #expect(joined.contains("revert:r>issue:t") == isSame)
  }

  @Test func `a ticket belongs to the newest that had begun`() {
    let joined = join([
      report(.revert, "old", day: 10, 0.8, cause: 3), report(.revert, "new", day: 9.5, 0.8, cause: 4),
      report(.issue, "t", day: 9.4, 0.9),
    ])
    #expect(joined == ["issue:t 0.98", "revert:new>issue:t", "revert:old"])
  }

  @Test func `a ticket that names another cause is another incident`() {
    #expect(
      join([report(.revert, "r", day: 10, 0.8, cause: 3), report(.issue, "t", day: 9.9, 0.9, cause: 4)]) == [
        "issue:t", "revert:r",
      ])
  }

  @Test func `what users had nothing of brings no tickets`() {
    #expect(
      join([
        report(.revert, "r", day: 10, 0.25, cause: 3), report(.deployment, "d", day: 10, 0.2, cause: 4),
        report(.issue, "t", day: 9.9, 0.9),
      ]) == ["deployment:d", "issue:t", "revert:r"])
  }

  @Test func `a tool's incident and a ticket of one hour are the same, two tickets are not`() {
    let pager = IncidentID.Source(rawValue: "pager")
    #expect(
      join([report(pager, "p", day: 10, 1), report(.issue, "t", day: 9.99, 0.9), report(.issue, "u", day: 5, 0.9)]) == [
        "issue:t>pager:p", "issue:u", "pager:p 0.99",
      ])
    #expect(join([report(.issue, "t", day: 10, 0.9), report(.issue, "u", day: 9.99, 0.9)]) == ["issue:t", "issue:u"])
  }

  @Test(arguments: [(4, true), (3, true), (2, false), (5, false)])
  func `a revert ends a failed deployment that had brought its commit`(reverted: Int, isSame: Bool) {
    let production = [
      DerivedIncidentsTests.deployment("good", 2, "production", [(.success, SmallWorld.day(12).timeIntervalSince1970)]),
      DerivedIncidentsTests.deployment("d", 4, "production", [(.failure, SmallWorld.day(10).timeIntervalSince1970)]),
    ]
    let reports = [
      report(.deployment, "d", day: 10, 0.4, cause: 4), report(.revert, "r", day: 15, 0.8, cause: reverted, until: 9.5),
    ]
    #expect(join(reports, production: production).contains("deployment:d>revert:r") == isSame)
  }

  @Test func `joining what is joined changes nothing, and a report that is gone leaves no trace`() {
    let reports = [report(.revert, "r", day: 10, 0.8, cause: 3), report(.issue, "t", day: 9, 0.9, cause: 3)]
    let once = joined(reports)
    #expect(joined(once) == once)
    #expect(joined(once.filter { $0.source == .revert }) == [reports[0]])
  }

  @Test func `joined incidents are told apart again by whoever counts`() throws {
    let reports = joined([report(.revert, "r", day: 10, 0.8, cause: 3), report(.issue, "t", day: 9, 0.9, cause: 3)])
    let incident = try #require(JoinedIncident.all(of: reports).first)
    #expect(JoinedIncident.all(of: reports).count == 1)
    #expect(incident.id.rawValue == "issue:t" && incident.startedAt == SmallWorld.day(10) && incident.confidence == 0.98)
    #expect(incident.blaming?.id.rawValue == "revert:r")
    let alone = JoinedIncident.all(of: reports.filter { $0.sameAs != nil })
    #expect(alone.map(\.id.rawValue) == ["revert:r"])
  }

  private func report(
    _ source: IncidentID.Source, _ id: String, day: Double, _ confidence: Double, cause: Int? = nil, until end: Double? = nil
  ) -> Incident {
    Incident(
      id: IncidentID(source: source, id: id), repositoryID: SmallWorld.api, title: id, startedAt: SmallWorld.day(day),
      resolvedAt: end.map(SmallWorld.day), confidence: confidence, causeSHA: cause.map(SmallWorld.sha))
  }

  private func joined(_ reports: [Incident], production: [Deployment] = []) -> [Incident] {
    let line = DeliveryLine(commits: commits, head: nil, production: production)
    return IncidentJoining.join(reports, line: line, rules: IncidentRules(), production: production)
  }

  /// `ID>PRIMARY`, `ID CONFIDENCE` of a primary, or `ID` of one that stands alone.
  private func join(_ reports: [Incident], production: [Deployment] = []) -> [String] {
    joined(reports, production: production).map { report in
      let confidence = report.combinedConfidence.map { " \($0)" } ?? ""
      return report.id.rawValue + (report.sameAs.map { ">\($0.rawValue)" } ?? confidence)
    }.sorted()
  }
}
