import Foundation
import KoalrCore
import KoalrTesting
import Testing

/// An incident is there as long as what tells of it.
struct VanishedEvidenceTests {
  private static func ids(_ trial: FollowTrial) async throws -> Set<IncidentID> {
    Set(try await trial.store.all(RecordQuery(Incident.self)).map(\.id))
  }

  @Test func `an incident of a ticket goes with the label`() async throws {
    var world = SyncTrial.smallWorld
    let index = Happening.busy(world)
    let time = SampleOrganisation.now.addingTimeInterval(-3_600)
    var ticket = Issue(
      id: SourceID(unchecked: "I_odd"), repositoryID: world.repositories[index].repository.id, number: 9_100, state: .open,
      title: "All is down", author: nil, createdAt: time, updatedAt: time, closedAt: nil, labels: ["outage"])
    world.repositories[index].issues.append(ticket)
    let trial = try await FollowTrial(world)
    let id = IncidentID(source: .issue, id: "I_odd")
    #expect(try await Self.ids(trial).contains(id))
    (ticket.labels, ticket.updatedAt) = ([], Happening.late)
    let (calm, place) = (ticket, world.repositories[index].issues.count - 1)
    trial.remote.update { world in
      world.repositories[index].issues[place] = calm
      world.repositories[index].repository.newestIssueAt = Happening.late
    }
    try await trial.deliver([.test([.ticket(ticket.id)], in: world.repositories[index], version: Happening.late)])
    try await trial.follow()
    #expect(try await !Self.ids(trial).contains(id))
    let divergence = try await trial.divergence()
    #expect(divergence == "")
  }

  @Test func `an incident of a revert goes when the revert is pushed away`() async throws {
    var world = SyncTrial.smallWorld
    let index = Happening.busy(world)
    let before = world.repositories[index]
    let reverted = try #require(before.repository.headSHA)
    Happening.land(Happening.sha(20), in: &world.repositories[index])
    world.repositories[index].commits[0].reverts = reverted
    world.repositories[index].commits[0].committedAt = SampleOrganisation.now.addingTimeInterval(-60)
    let trial = try await FollowTrial(world)
    let id = IncidentID(source: .revert, id: Happening.sha(20).rawValue)
    #expect(try await Self.ids(trial).contains(id))
    trial.remote.update { $0.repositories[index] = before }
    let branch = before.repository.defaultBranch ?? "main"
    try await trial.deliver([
      .test([.branch(branch, before: Happening.sha(20), after: reverted, forced: true)], in: before)
    ])
    try await trial.follow()
    #expect(try await !Self.ids(trial).contains(id))
    let divergence = try await trial.divergence()
    #expect(divergence == "")
  }
}
