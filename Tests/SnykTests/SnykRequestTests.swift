import Foundation
import KoalrCore
import KoalrHTTPTransport
import KoalrSnyk
import Testing

struct SnykRequestTests {
  @Test func `a run goes through what is open, then through what was resolved since`() async throws {
    let next = #"{"href": "/orgs/o1/issues?starting_after=v1.abc%3D&limit=100"}"#
    let stub = try Stub([
      .init(
        matching: { $0.url.path.hasSuffix("/issues") && $0.url.absoluteString.contains("starting_after") },
        answers: [{ HTTPResponse(status: 200, body: Data(#"{"data": []}"#.utf8), url: $0.url) }]),
      .init(
        matching: { $0.url.path.hasSuffix("/issues") && $0.url.absoluteString.contains("status=resolved") },
        answers: [{ HTTPResponse(status: 200, body: Data(#"{"data": []}"#.utf8), url: $0.url) }]),
      Stub.issues([Stub.issue("1")], next: next),
    ])
    let first = try await stub.findings()
    let second = try await stub.findings(after: first.next)
    let third = try await stub.findings(after: second.next)
    #expect([first.next, second.next, third.next] == [Cursor("open/2/v1.abc="), Cursor("resolved/1/"), nil])
    let asked = stub.transport.requests.map { $0.url.absoluteString.replacing("https://api.snyk.io/rest/orgs", with: "") }
    let common = "version=2024-10-15&limit=100"
    #expect(
      asked == [
        "?\(common)", "/o1/projects?\(common)&expand=target", "/o1/issues?\(common)&status=open",
        "/o1/issues?\(common)&status=open&starting_after=v1.abc%3D",
        "/o1/issues?\(common)&status=resolved&updated_after=2026-08-22T12%3A00%3A00Z",
      ])
  }

  @Test(arguments: [
    ("aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee", "token"), ("snyk_uat.12345678.e30.sig", "token"), ("snyk_sat.1.x.y", "token"),
    ("eyJhbGciOi.J9.sig", "bearer"), ("opaque-access-token", "bearer"),
  ])
  func `the scheme follows from the shape of the token`(token: String, scheme: String) async throws {
    let stub = try Stub(token: token, [Stub.issues([])])
    _ = try await stub.findings()
    #expect(stub.transport.requests.allSatisfy { $0.headers["Authorization"] == "\(scheme) \(token)" })
  }

  @Test(arguments: [
    #""https://api.snyk.io.evil.example/rest/orgs/o1/issues?starting_after=x""#, #""//elsewhere.example/?starting_after=x""#,
    #""http://api.snyk.io/orgs?starting_after=x""#, #""/orgs/o1/issues""#, #""/orgs/o1/issues?starting_after=""#,
  ])
  func `a next page that leads elsewhere or nowhere is refused`(next: String) async throws {
    let stub = try Stub([Stub.issues([Stub.issue("1")], next: next)])
    await #expect { _ = try await stub.findings() } throws: { ($0 as? IntegrationError)?.code == .unexpectedResponse }
  }

  @Test func `a page that leads back to itself is refused`() async throws {
    let stub = try Stub([Stub.issues([Stub.issue("1")], next: #""/orgs/o1/issues?starting_after=same""#)])
    await #expect { _ = try await stub.findings(after: Cursor("open/2/same")) } throws: {
      ($0 as? IntegrationError)?.code == .unexpectedResponse
    }
    await #expect { _ = try await stub.findings(after: Cursor("open/10000/other")) } throws: {
      ($0 as? IntegrationError)?.code == .tooLarge
    }
  }

  @Test(arguments: ["", "open", "open/1", "shut/1/", "open/0/", "open/x/y", "open/99999999999999999999/"])
  func `a damaged cursor is refused before anything is asked`(cursor: String) async throws {
    let stub = try Stub([])
    await #expect { _ = try await stub.findings(after: Cursor(cursor)) } throws: {
      ($0 as? IntegrationError)?.code == .misconfigured
    }
    #expect(stub.transport.requests.isEmpty)
  }

  @Test func `several organisations without a choice are an error that names them`() async throws {
    let both = #"{"data": [{"id": "o1", "attributes": {"slug": "acme"}}, {"id": "o2", "attributes": {"slug": "labs"}}]}"#
    let without = try Stub([
      .on("GET", "/orgs", json: both), .on("GET", "/self", json: #"{"data": {"id": "u", "attributes": {"username": "ann"}}}"#),
    ])
    let connection = try await without.snyk.testConnection()
    #expect(connection.status == .failed && connection.account == "ann")
    #expect(
      connection.message == "Snyk shows this token several organisations; name one of them: it sees acme, labs")
    let account = #"{"data": {"attributes": {"default_org_context": "o2"}}}"#
    let usual = try Stub([.on("GET", "/orgs", json: both), .on("GET", "/self", json: account)])
    #expect(try await usual.snyk.testConnection().organization == "labs")
  }

  @Test func `a token of another region is told where it belongs`() async throws {
    let claims = Data(#"{"h": "api.eu.snyk.io"}"#.utf8).base64EncodedString().replacing("=", with: "")
    let stub = try Stub(token: "snyk_uat.12345678.\(claims).sig", [.on("GET", "/self", status: 401)])
    let message = try await stub.snyk.testConnection().message
    #expect(message?.contains("it says that it belongs to api.eu.snyk.io: set that as Snyk's address") == true)
  }

  @Test(arguments: [400, 401, 403, 404, 410, 429, 500])
  func `no rendering of an error shows the token, the body or the query`(status: Int) async throws {
    let body = #"{"errors": [{"detail": "secret-body \#(Stub.token)"}]}"#
    let stub = try Stub([.on("GET", "/issues", status: status, json: body)])
    do {
      _ = try await stub.findings()
      Issue.record("an error was expected")
    } catch let error as IntegrationError {
      for text in ["\(error)", String(reflecting: error), "\(error.underlying as Any)"] {
        #expect(!text.contains(Stub.token) && !text.contains("secret-body") && !text.contains("2024-10-15"))
      }
    }
    var shown = ""
    dump(stub.snyk, to: &shown)
    #expect(!shown.contains(Stub.token))
  }
}
