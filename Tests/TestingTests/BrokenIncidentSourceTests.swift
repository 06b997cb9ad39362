import KoalrCore
import KoalrTesting
import Testing

struct BrokenIncidentSourceTests {
  @Test(arguments: IncidentSourceContract.Promise.allCases)
  func `the contract catches a source that breaks`(_ promise: IncidentSourceContract.Promise) async throws {
    await expectBroken(promise) {
      try await IncidentSourceContract(in: SampleOrganisation.world.repositories.map(\.repository), since: brokenSince) {
        BreakingIncidents(promise: promise)
      }.check(promise)
    }
  }
}

private struct BreakingIncidents: IncidentSource {
  var promise: IncidentSourceContract.Promise

  func incidents(in repositories: RepositoryDirectory, since: Date, after cursor: Cursor?) async throws -> Page<Incident> {
    if promise == .cancels { return Page([], next: nil) }
    if promise == .ends { return Page([], next: Cursor("again")) }
    var page = try await soundAdapters.incidents.incidents(in: repositories, since: since, after: cursor)
    if promise == .uniqueIDs { page.elements += page.elements.prefix(1) }
    page.elements = page.elements.map(twist)
    return page
  }

  private func twist(_ incident: Incident) -> Incident {
    var incident = incident
    switch promise {
    case .onlyWhatMatters:
      incident.startedAt = brokenSince.addingTimeInterval(-2)
      incident.resolvedAt = brokenSince.addingTimeInterval(-1)
    case .belongs: incident.repositoryID = RepositoryID(unchecked: "R_other")
    case .saysWhoReports: incident.id = IncidentID(source: .revert, id: incident.id.rawValue)
    case .standsForItself: incident.sameAs = IncidentID(source: .issue, id: "other")
    case .confidenceIsAShare: incident.confidence = 95
    case .endsAfterItBegan: incident.resolvedAt = incident.startedAt.addingTimeInterval(-1)
    default: break
    }
    return incident
  }
}
