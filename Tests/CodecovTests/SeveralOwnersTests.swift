import Foundation
import KoalrCodecov
import KoalrCore
import KoalrHTTPTransport
import KoalrTesting
import Testing

/// One connection that covers several owners.
struct SeveralOwnersTests {
  private static func list(_ rows: String, next: String? = nil) -> String {
    #"{"count": 1, "next": \#(next.map { "\"\($0)\"" } ?? "null"), "previous": null, "results": [\#(rows)], "total_pages": 1}"#
  }

  private func codecov(_ owners: [String], visible: [String]) throws -> (CodecovCoverage, StubTransport) {
    let transport = StubTransport { request in
      let url = request.url.absoluteString
      let body: String
      if let owner = ["acme", "beta"].first(where: { url.contains("/\($0)/repos") }) {
        let repository = { (number: Int) in
          #"{"name": "\#(owner)-\#(number)", "private": true, "active": true, "activated": true}"#
        }
        let isFirst = owner == "acme" && !url.contains("page=2")
        body = Self.list(
          repository(isFirst ? 1 : 2), next: isFirst ? "https://api.codecov.io/api/v2/github/acme/repos/?page=2" : nil)
      } else {
        body = Self.list(visible.map { #"{"service": "github", "username": "\#($0)", "name": null}"# }.joined(separator: ","))
      }
      return HTTPResponse(status: 200, body: Data(body.utf8), url: request.url)
    }
    let source = CodecovCoverage(
      organizations: owners, token: try #require(Secret(Stub.token)), transport: transport,
      clock: ManualClock(startingAt: .distantPast))
    return (source, transport)
  }

  @Test func `repositories of every owner are listed, one owner after the other`() async throws {
    let (source, _) = try codecov(["acme", "beta"], visible: [])
    var names: [String] = []
    var cursor: Cursor?
    repeat {
      let page = try await source.measuredRepositories(after: cursor)
      names += page.elements.map(\.name.rawValue)
      cursor = page.next
    } while cursor != nil
    #expect(names == ["acme/acme-1", "acme/acme-2", "beta/beta-2"])
  }

  @Test func `a place in the list of an owner that is not covered any more is refused`() async throws {
    let (source, transport) = try codecov(["acme"], visible: [])
    await #expect(throws: IntegrationError.self) { _ = try await source.measuredRepositories(after: Cursor("@beta 2")) }
    #expect(transport.requests.isEmpty)
  }

  @Test(arguments: [
    (["acme", "beta"], Connection.Status.connected), (["acme"], .degraded), ([], .failed),
  ])
  func `the test says which owners are visible`(visible: [String], status: Connection.Status) async throws {
    let connection = try await codecov(["acme", "beta"], visible: visible).0.testConnection()
    #expect(connection.status == status && connection.organizations == ["acme", "beta"])
    #expect(connection.capabilities.count { $0.available == false } == 2 - visible.count)
  }
}
