import KoalrCore
import KoalrTesting
import Testing

struct BrokenChangeSourceTests {
  @Test(arguments: ChangeSourceContract.Promise.allCases)
  func `the contract catches a source that breaks`(_ promise: ChangeSourceContract.Promise) async throws {
    let repositories = SampleOrganisation.world.repositories.map(\.repository)
    await expectBroken(promise) {
      try await ChangeSourceContract(in: repositories, since: brokenSince) { BreakingChanges(promise: promise) }.check(promise)
    }
  }
}

private struct BreakingChanges: ChangeSource {
  var promise: ChangeSourceContract.Promise

  func changes(_ requests: [RepositoryPageRequest]) async throws -> [RepositoryPage<Change>] {
    switch promise {
    case .answersTheFirst, .cancels: return []
    case .answersFromTheFront: return try await sound(requests).reversed()
    case .belongs:
      return try await sound(requests) { page in
        for index in page.elements.indices { page.elements[index].repositoryID = RepositoryID(unchecked: "R_other") }
      }
    case .ends: return requests.map { answer($0, Page([], next: endless(after: $0.after))) }
    case .newestFirst: return try await sound(requests) { $0.elements.reverse() }
    case .endsAtSince:
      let old = SampleOrganisation.world.repositories.flatMap(\.changes).prefix(1).map { change in
        var change = change
        change.updatedAt = .distantPast
        return change
      }
      return requests.map { answer($0, Page(old, next: $0.after == nil ? Cursor("more") : nil)) }
    case .uniqueIDs: return try await sound(requests) { $0.elements += $0.elements.prefix(1) }
    case .openOnly:
      let careless = requests.map { request in
        RepositoryPageRequest(repository: request.repository, since: request.since, after: request.after)
      }
      return try await sound(careless)
    }
  }

  private func answer(_ request: RepositoryPageRequest, _ page: Page<Change>) -> RepositoryPage<Change> {
    RepositoryPage(repositoryID: request.repository.id, result: .success(page))
  }

  private func sound(
    _ requests: [RepositoryPageRequest], _ twist: (inout Page<Change>) -> Void = { _ in }
  ) async throws -> [RepositoryPage<Change>] {
    try await soundAdapters.codeHost.changes(requests).map { answer in
      var answer = answer
      answer.result = answer.result.map { page in
        var page = page
        twist(&page)
        return page
      }
      return answer
    }
  }
}
