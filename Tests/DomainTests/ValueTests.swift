import KoalrDomain
import Testing

struct ValueTests {
  @Test(arguments: [(" token\n", "token"), ("\ta b\r\n", "a b"), ("x", "x")])
  func `a secret drops the white space around it and never prints itself`(text: String, inside: String) throws {
    let secret = try #require(Secret(text))
    #expect(secret.reveal() == inside)
    var dumped = ""
    dump(secret, to: &dumped)
    for rendering in ["\(secret)", String(reflecting: secret), "\([secret])", "\(Optional(secret) as Any)", dumped] {
      #expect(!rendering.contains(inside) || inside == "x", "\(rendering)")
      #expect(rendering.contains("<redacted>") || rendering.contains("Secret"))
    }
  }

  @Test(arguments: ["", " ", "\n\t"])
  func `nothing but white space is no secret`(text: String) {
    #expect(Secret(text) == nil)
  }

  @Test func `nothing coverable has no percentage`() {
    #expect(CoverageTotals(hits: 0, lines: 0).percent == nil)
    #expect(CoverageTotals(hits: 1, lines: 4).percent == 25)
    #expect(CoverageTotals(hits: 1, lines: 4) + CoverageTotals(hits: 3, lines: 4) == CoverageTotals(hits: 4, lines: 8))
  }

  @Test func `a change is called by its number, else by its merge`() throws {
    var change = Change(
      id: try ChangeID("PR_1"), repositoryID: try RepositoryID("R_1"), number: 12, title: "", state: .open, createdAt: nil,
      updatedAt: Date(timeIntervalSince1970: 0))
    #expect(change.label == "#12")
    change.number = nil
    change.mergeSHA = try CommitID(String(repeating: "ab", count: 20))
    #expect(change.label == "#abababababab")
  }

  @Test func `a deployment that a later one replaced was still a success`() throws {
    func status(_ state: DeploymentStatus.State, _ second: Double) -> DeploymentStatus {
      DeploymentStatus(state: state, createdAt: Date(timeIntervalSince1970: second))
    }
    let deployment = Deployment(
      id: try SourceID("D"), repositoryID: try RepositoryID("R"), environment: "production",
      sha: try CommitID(String(repeating: "a", count: 40)), createdAt: Date(timeIntervalSince1970: 0),
      updatedAt: Date(timeIntervalSince1970: 9),
      statuses: [status(.queued, 0), status(.success, 5), status(.inactive, 9)])
    #expect(deployment.succeededAt == Date(timeIntervalSince1970: 5) && deployment.failedAt == nil)
  }

  @Test func `severities have an order`() {
    #expect(Severity.allCases.sorted() == [.info, .low, .medium, .high, .critical])
  }
}
