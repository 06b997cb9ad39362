import KoalrCore
import KoalrDomain
import KoalrTesting
import Testing

struct BrokenItemSourceTests {
  @Test(arguments: ItemSourceContract.Promise.allCases)
  func `the contract catches a source of items that breaks`(_ promise: ItemSourceContract.Promise) async throws {
    await expectBroken(promise) {
      try await ItemSourceContract(sampleItems, gone: SourceID(unchecked: "gone")) { BreakingItems(promise: promise) }.check(
        promise)
    }
  }
}

/// What the lists of the sample organisation's host bring.
var sampleItems: ItemSourceContract.Expected {
  let world = SampleOrganisation.world.repositories
  let changes = world.flatMap(\.changes).map { change in
    var change = change
    change.files = nil
    return change
  }
  return ItemSourceContract.Expected(
    repositories: world.map { DiscoveredRepository(repository: $0.repository, codeOwners: $0.codeOwners) }, changes: changes,
    deployments: world.flatMap(\.deployments), issues: world.flatMap(\.issues))
}

private struct BreakingItems: CheckRollupSource {
  var promise: ItemSourceContract.Promise

  func repositories(again ids: [RepositoryID]) async throws -> [ItemAnswer<DiscoveredRepository>] {
    try await answer(ids) { try await soundAdapters.codeHost.repositories(again: $0) }
  }

  func changes(again requests: [ItemRequest]) async throws -> [ItemAnswer<Change>] {
    try await answer(requests) { try await soundAdapters.codeHost.changes(again: $0) }.map { answer in
      var answer = answer
      guard promise == .asTheLists, case .success(var change?) = answer.result else { return answer }
      change.title = "another"
      answer.result = .success(change)
      return answer
    }
  }

  func checks(again requests: [ItemRequest]) async throws -> [ItemAnswer<[Check]>] {
    try await answer(requests) { try await soundAdapters.codeHost.checks(again: $0) }.map { answer in
      promise == .checksAsTheLists ? ItemAnswer(id: answer.id, result: .success([])) : answer
    }
  }

  func checkRollups(again requests: [ItemRequest]) async throws -> [ItemAnswer<CheckRollup>] {
    try await answer(requests) { try await soundAdapters.codeHost.checkRollups(again: $0) }.map { answer in
      promise == .rollupsAsTheChecks ? ItemAnswer(id: answer.id, result: .success(.pending)) : answer
    }
  }

  func deployments(again requests: [ItemRequest]) async throws -> [ItemAnswer<Deployment>] {
    try await answer(requests) { try await soundAdapters.codeHost.deployments(again: $0) }
  }

  func issues(again requests: [ItemRequest]) async throws -> [ItemAnswer<KoalrDomain.Issue>] {
    try await answer(requests) { try await soundAdapters.codeHost.issues(again: $0) }
  }

  private func answer<Request, Element>(
    _ requests: [Request], sound: ([Request]) async throws -> [ItemAnswer<Element>]
  ) async throws -> [ItemAnswer<Element>] {
    switch promise {
    case .answersTheFirst, .cancels: return []
    case .answersFromTheFront: return try await sound(requests).reversed()
    case .goneIsNil:
      return try await sound(requests).map { answer in
        guard case .success(nil) = answer.result else { return answer }
        let error = IntegrationError(.notFound, service: .gitHub, operation: "read it again", reason: "it is gone")
        return ItemAnswer(id: answer.id, result: .failure(error))
      }
    case .asTheLists, .checksAsTheLists, .rollupsAsTheChecks: return try await sound(requests)
    }
  }
}
