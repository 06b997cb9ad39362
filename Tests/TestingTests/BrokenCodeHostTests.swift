import KoalrCore
import KoalrTesting
import Testing

struct BrokenCodeHostTests {
  @Test(arguments: CodeHostContract.Promise.allCases)
  func `the contract catches a host that breaks`(_ promise: CodeHostContract.Promise) async throws {
    let make: @Sendable () async throws -> any CodeHost = { BreakingHost(promise: promise) }
    await expectBroken(promise) { try await CodeHostContract(deadCredential: make, host: make).check(promise) }
  }

  @Test func `a connection test that throws for a dead credential is caught as well`() async {
    let make: @Sendable () async throws -> any CodeHost = {
      BreakingHost(promise: .deadCredentialIsAnAnswer, throwsWhenDead: true)
    }
    await expectBroken(CodeHostContract.Promise.deadCredentialIsAnAnswer) {
      try await CodeHostContract(deadCredential: make, host: make).check(.deadCredentialIsAnAnswer)
    }
  }
}

private struct BreakingHost: QuickDiscovery {
  var promise: CodeHostContract.Promise
  var throwsWhenDead = false

  func testConnection() async throws -> Connection {
    guard promise == .saysWhoItIs || promise == .deadCredentialIsAnAnswer else {
      return try await soundAdapters.codeHost.testConnection()
    }
    if throwsWhenDead {
      throw IntegrationError(.unauthorized, service: .gitHub, operation: "test the connection", reason: "the token is dead")
    }
    return deadConnection(.connected)
  }

  func repositories(after cursor: Cursor?) async throws -> Page<DiscoveredRepository> {
    if promise == .cancels { return Page([], next: nil) }
    var page = try await soundAdapters.codeHost.repositories(after: promise == .ends ? nil : cursor)
    switch promise {
    case .ends: page.next = endless(after: cursor)
    case .uniqueIDs: page.elements += page.elements.prefix(1)
    case .headsAreWhole: page.elements[0].repository.headSHA = nil
    case .codeOwnersBelong: page.elements[0].codeOwners = page.elements[1].codeOwners
    case .saysWhoItIs, .deadCredentialIsAnAnswer, .briefIsTheSame, .cancels: break
    }
    return page
  }

  func repositoriesInBrief(after cursor: Cursor?) async throws -> Page<DiscoveredRepository> {
    try await soundAdapters.codeHost.repositoriesInBrief(after: cursor)
  }

  func adding(timesTo repositories: [Repository], since: Date) async throws -> [Repository] { repositories }
}
