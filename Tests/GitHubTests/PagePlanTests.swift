import KoalrCore
import KoalrHTTPTransport
import Testing

@testable import KoalrGitHub

struct PagePlanTests {
  private func plan(_ totals: [Int?], kind: RepositoryListKind = .pullRequests, limit: Int = 1000) -> PagePlan {
    let known = RepositoryTotals()
    let requests = totals.enumerated().map { index, total in
      let request = Stub.request("r\(index)")
      known[request.repository.id] = .init(pullRequests: total, deployments: total, issues: total)
      return request
    }
    return PagePlan(requests, kind: kind, itemLimit: limit, totals: known)
  }

  @Test(arguments: [
    ([8, 8, 8], [8, 8, 8]), ([nil, nil, nil, nil, nil], [40, 40, 40, 25]), ([1, 0], [1, 0]), ([500, 500, 500], [40, 40, 40]),
    (Array(repeating: 3, count: 60), Array(repeating: 3, count: 37)),
  ])
  func `small repositories share a call that costs one point`(totals: [Int?], sizes: [Int]) throws {
    let plan = self.plan(totals)
    #expect(plan.asks.map(\.size) == sizes)
    #expect(plan.connections <= PagePlan.connectionsPerCall)
  }

  @Test func `after trouble a call asks for as little as one item`() throws {
    #expect(plan([50, 50], limit: 1).asks.map(\.size) == [1])
    #expect(plan([50, 50], limit: 60).asks.map(\.size) == [40, 20])
  }

  @Test func `issues cost one connection each list, however many there are`() throws {
    #expect(plan(Array(repeating: 100, count: 200), kind: .issues).asks.count == 10)
    #expect(plan(Array(repeating: 3, count: 200), kind: .issues).asks.count == 149)
  }

  @Test func `a position survives its cursor, and damaged ones are refused`() {
    let position = PagePosition(size: 17, page: 2, seen: 57, cursor: "Y3Vyc29yOg== with blanks")
    #expect(PagePosition(position.asCursor) == position)
    for text in ["", "17", "17 2 57 ", "0 1 1 x", "a 1 1 x", "5 0 0 x", "5 1 -1 x"] { #expect(PagePosition(Cursor(text)) == nil) }
  }

  @Test(arguments: [
    (10, 10.0, 20.0, nil, 9), (10, 10.0, 20.0, 4, 4), (10, 10.0, 20.0, 12, 12),
    (10, 10.0, 1000.0, nil, 100), (1, 0.0, 20.0, nil, 30),
    (10, 10.0, 10.0, nil, 3),
  ])
  func `the next page asks for what the window probably holds`(count: Int, span: Double, window: Double, left: Int?, size: Int) {
    let times = (0..<count).map { Stub.now.addingTimeInterval(-span * Double($0) / Double(max(1, count - 1))) }
    #expect(PageSizeEstimate.next(after: times, since: Stub.now.addingTimeInterval(-window), left: left) == size)
  }

  @Test func `a limit halves on trouble and comes back, more slowly after a raise that failed`() {
    let limit = WorkLimit(maximum: 100)
    limit.tooMuch(100)
    #expect(limit.current == 50)
    limit.answered(50)
    limit.answered(50)
    #expect(limit.current == 100)
    limit.tooMuch(100)
    for _ in 0..<3 { limit.answered(50) }
    #expect(limit.current == 50)
    limit.answered(50)
    #expect(limit.current == 100)
    for _ in 0..<20 { limit.tooMuch(limit.current) }
    #expect(limit.current == 1)
  }

  @Test func `a larger scope implies the smaller ones, and an expiry is read in both forms`() {
    let grant = TokenGrant([
      "X-OAuth-Scopes": "repo, admin:org", "GitHub-Authentication-Token-Expiration": "2026-05-31 11:48:47 UTC",
    ])
    #expect(grant.allows("read:org") == true && grant.allows("public_repo") == true && grant.allows("admin:org_hook") == false)
    #expect(grant.expiresAt == ISO8601Time.parse("2026-05-31T11:48:47Z"))
    #expect(TokenGrant(["GitHub-Authentication-Token-Expiration": "2026-05-31 13:48:47 +0200"]).expiresAt == grant.expiresAt)
    #expect(TokenGrant([:]).allows("repo") == nil)
    #expect(TokenGrant(["X-OAuth-Scopes": ""]).allows("repo") == false)
  }
}
