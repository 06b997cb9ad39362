import Foundation
import KoalrCore
import KoalrGitHub
import KoalrHTTPTransport
import KoalrTesting
import Testing

/// Lists that are read of several organisations, one after the other.
struct OrganizationsTests {
  /// Two pages of repositories, teams and members in each organisation.
  private static func host(_ organizations: [String]) throws -> (GitHubCodeHost, StubTransport) {
    let transport = StubTransport { request in
      struct Question: Decodable { var variables: [String: Lossless] }
      let question = try JSONDecoder().decode(Question.self, from: request.body ?? Data())
      let name = question.variables["login"]?.text ?? "?"
      let after = question.variables["after"]?.text ?? question.variables["membersAfter"]?.text
      let key = after ?? "1"
      let node = #"{"id": "\#(name)-\#(key)", "nameWithOwner": "\#(name)/r\#(key)", "login": "\#(name)-\#(key)"}"#
      let list = Stub.list([node], next: after == nil ? "2" : nil)
      let people = #""teamsOf": {"teams": \#(Stub.list([]))}, "membersOf": {"membersWithRole": \#(list)}"#
      let body = #"{"data": {"organization": {"repositories": \#(list)}, \#(people), "rateLimit": {"cost": 1}}}"#
      return HTTPResponse(status: 200, body: Data(body.utf8), url: request.url)
    }
    let host = GitHubCodeHost(
      organizations: organizations, token: try #require(Secret(Stub.token)), transport: transport,
      clock: ManualClock(startingAt: Stub.now, skipsSleep: true))
    return (host, transport)
  }

  private struct Lossless: Decodable {
    var text: String?
    init(from decoder: any Decoder) throws { text = try? decoder.singleValueContainer().decode(String.self) }
  }

  @Test func `repositories come page by page, and behind the last of one organisation those of the next`() async throws {
    let (host, _) = try Self.host(["acme", "beta", "ACME"])
    #expect(host.organizations == ["acme", "beta"])
    var names: [String] = []
    var places: [String?] = []
    var cursor: Cursor?
    repeat {
      let page = try await host.repositories(after: cursor)
      names += page.elements.map(\.repository.name.rawValue)
      cursor = page.next
      places.append(cursor?.rawValue)
    } while cursor != nil
    #expect(names == ["acme/r1", "acme/r2", "beta/r1", "beta/r2"])
    #expect(places == ["2", "@beta", "@beta 2", nil])
  }

  @Test func `members come likewise`() async throws {
    let (host, _) = try Self.host(["acme", "beta"])
    var logins: [String] = []
    var cursor: Cursor?
    repeat {
      let page = try await host.people(after: cursor)
      for case .contributor(let contributor) in page.elements { logins.append(contributor.login.rawValue) }
      cursor = page.next
    } while cursor != nil
    #expect(logins == ["acme-1", "acme-2", "beta-1", "beta-2"])
  }

  @Test func `a place in an organisation that is not asked for any more is refused`() async throws {
    let (host, transport) = try Self.host(["acme"])
    let error = await #expect(throws: IntegrationError.self) { _ = try await host.repositories(after: Cursor("@beta 2")) }
    #expect(error?.code == .misconfigured && transport.requests.isEmpty)
  }
}
