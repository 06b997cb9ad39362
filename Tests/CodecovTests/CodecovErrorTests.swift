import Foundation
import KoalrCodecov
import KoalrCore
import KoalrHTTPTransport
import KoalrTesting
import Testing

struct CodecovErrorTests {
  private func failure(_ rules: [StubTransport.Rule]) async throws -> IntegrationError {
    let stub = try Stub(rules)
    do {
      _ = try await stub.codecov.measuredRepositories(after: nil)
    } catch let error as IntegrationError {
      return error
    }
    throw Never()
  }

  private struct Never: Error {}

  @Test func `a refused token says which token is needed and where it is made`() async throws {
    let error = try await failure([
      .on("GET", "/repos", status: 401, json: #"{"detail": "Invalid token."}"#), .on("GET", "/github", status: 401),
    ])
    #expect(
      error.description
        == "codecov: could not list repositories of acme: Codecov did not accept the token: it needs an API token of a person "
        + "(Codecov: avatar → Settings → Access; in older versions Account Settings → API Tokens), not a repository's upload "
        + "token; make a new one and set it here")
    #expect(error.retry == .never)
  }

  @Test func `a 401 is confirmed once before the token is called dead`() async throws {
    let stub = try Stub([
      .on("GET", "/repos", status: 401, json: #"{"detail": "Github API unauthorized error: Unauthorized"}"#),
      .on("GET", "/github", json: #"{"next": null, "results": []}"#),
    ])
    await #expect { _ = try await stub.codecov.measuredRepositories(after: nil) } throws: {
      ($0 as? IntegrationError)?.code == .forbidden
    }
    #expect(stub.asked.last == "/api/v2/github/?page_size=1" && stub.asked.count == 2)
  }

  @Test func `a pause that the service asks for is waited for, and a longer one is passed on`() async throws {
    let short = try Stub([
      .init(
        matching: { _ in true },
        answers: [
          { HTTPResponse(status: 429, headers: ["Retry-After": "7"], url: $0.url) },
          { HTTPResponse(status: 200, body: Data(#"{"results": []}"#.utf8), url: $0.url) },
        ])
    ])
    #expect(try await short.codecov.measuredRepositories(after: nil).elements == [])
    #expect(short.clock.skippedSleeps == [.seconds(7)])
    let error = try await failure([.on("GET", "/repos", status: 429, headers: ["Retry-After": "600"])])
    #expect(error.code == .rateLimited && error.retry == .after(.seconds(600)))
  }

  @Test(arguments: [400, 401, 403, 404, 418, 422, 500, 503])
  func `no rendering of an error shows the token, the body or the query`(status: Int) async throws {
    let body = #"{"detail": "Github API secret-body \#(Stub.token)"}"#
    let error = try await failure([
      .on("GET", "/repos", status: status, json: body), .on("GET", "/github", status: 401, json: body),
    ])
    for text in ["\(error)", String(reflecting: error), error.reason, "\(error.underlying as Any)"] {
      #expect(!text.contains(Stub.token) && !text.contains("secret-body") && !text.contains("page_size"))
    }
  }

  @Test func `the source itself does not show the token`() throws {
    var shown = ""
    dump(try Stub([]).codecov, to: &shown)
    #expect(!shown.contains(Stub.token))
  }
}
