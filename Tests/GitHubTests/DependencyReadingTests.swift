import Foundation
import KoalrCore
import KoalrGitHub
import KoalrHTTPTransport
import KoalrTesting
import Testing

struct DependencyReadingTests {
  private static let base = CommitID(unchecked: Stub.sha("b"))
  private static let head = CommitID(unchecked: Stub.sha("a"))

  private func read(_ status: Int, _ body: String) async throws -> [DependencyChange] {
    let transport = StubTransport { HTTPResponse(status: status, body: Data(body.utf8), url: $0.url) }
    return try await Stub.gitHub(transport).dependencyChanges(in: Stub.repository(), from: Self.base, to: Self.head)
  }

  @Test func `a package comes with its licence and the weaknesses of its version, in everybody's words`() async throws {
    let changes = try await read(
      200,
      """
      [{"change_type": "added", "manifest": "package.json", "ecosystem": "npm", "name": "lodash", "version": "4.17.20", "license": "MIT",
        "vulnerabilities": [{"severity": "moderate", "advisory_ghsa_id": "GHSA-29mw-wpgm-hmr9"}, {"severity": "high"}]},
       {"change_type": "removed", "manifest": "package.json", "ecosystem": "npm", "name": "lodash", "version": "", "license": null}]
      """)
    #expect(
      changes == [
        DependencyChange(
          manifest: "package.json", kind: .added, package: Package(ecosystem: "npm", name: "lodash", version: "4.17.20"),
          license: "MIT", vulnerabilities: [KnownVulnerability(id: "GHSA-29mw-wpgm-hmr9", severity: .medium)]),
        DependencyChange(
          manifest: "package.json", kind: .removed, package: Package(ecosystem: "npm", name: "lodash", version: nil)),
      ])
  }

  @Test func `a repository without a dependency graph says how to turn it on`() async throws {
    for status in [403, 404] {
      let error = await #expect(throws: IntegrationError.self) { _ = try await read(status, #"{"message": "Forbidden"}"#) }
      #expect(error?.code == (status == 403 ? .forbidden : .notFound))
      #expect(
        error?.reason
          == "GitHub compares no packages here; turn the dependency graph on in the repository's security settings")
    }
  }

  @Test(arguments: [
    ("package.json", true), ("web/Package-Lock.json", true), ("requirements-dev.txt", true), ("api/Acme.csproj", true),
    (".github/workflows/ci.yml", true), ("docs/ci.yml", false), ("src/package.json.ts", false), ("go.sum", false), ("", false),
  ])
  func `a manifest is known by its name`(path: String, isManifest: Bool) throws {
    let transport = StubTransport { HTTPResponse(status: 404, body: Data(), url: $0.url) }
    #expect(try Stub.gitHub(transport).isManifest(path) == isManifest)
  }
}
