import Foundation
import KoalrCore
import KoalrGitHub
import KoalrHTTPTransport
import KoalrTesting
import Testing

struct FileListTests {
  private func list(_ status: Int, _ body: String) async throws -> [String]? {
    let transport = StubTransport { HTTPResponse(status: status, body: Data(body.utf8), url: $0.url) }
    var repository = Stub.repository()
    repository.headSHA = CommitID(unchecked: Stub.sha("a"))
    return try await Stub.gitHub(transport).paths(of: repository)
  }

  @Test func `files and submodules are listed, folders are not`() async throws {
    let body = """
      {"sha": "a", "truncated": false, "tree": [
        {"path": "src", "type": "tree", "mode": "040000"}, {"path": "src/é.c", "type": "blob", "mode": "100644"},
        {"path": "vendor", "type": "commit", "mode": "160000"}]}
      """
    #expect(try await list(200, body) == ["src/é.c", "vendor"])
  }

  @Test(arguments: [
    #"{"truncated": true, "tree": [{"path": "a", "type": "blob"}]}"#, #"{"tree": []}"#, #"{"truncated": false}"#,
    #"{"truncated": false, "tree": [{"path": "a"}]}"#, #"{"truncated": false, "tree": [{"type": "blob"}]}"#,
  ])
  func `a part of the list is none`(body: String) async throws {
    #expect(try await list(200, body) == nil)
  }

  @Test func `a repository without commits has no files, and GitHub is not asked`() async throws {
    let transport = StubTransport { HTTPResponse(status: 500, body: Data(), url: $0.url) }
    #expect(try await Stub.gitHub(transport).paths(of: Stub.repository()) == [])
    #expect(transport.requests.isEmpty)
  }

  @Test func `a refusal says what was asked`() async throws {
    let error = await #expect(throws: IntegrationError.self) { _ = try await list(404, #"{"message": "Not Found"}"#) }
    #expect(error?.code == .notFound && error?.operation.hasPrefix("list the files of ") == true)
  }
}
