import Foundation
import KoalrCore
import KoalrHTTPTransport
import KoalrTesting
import PeerSupport
import Testing

@testable import KoalrGitHub

/// Answers that GitHub really gave.
@Suite(.enabled(if: ReferenceData.available, Comment(rawValue: ReferenceData.absence)))
struct RecordingConformanceTests {
  /// How each answer that we read is decoded, by its operation.
  private static let decoders: [String: @Sendable (Data) throws -> Void] = [
    "GET /user": { _ = try ServiceJSON.decode(ActorWire.self, from: $0) },
    "GET /orgs/{org}": { _ = try ServiceJSON.decode(OrganizationDetailsWire.self, from: $0) },
    "GET /user/memberships/orgs": { _ = try ServiceJSON.decode([MembershipWire].self, from: $0) },
    "GET /installation/repositories": { _ = try ServiceJSON.decode(InstallationRepositoriesWire.self, from: $0) },
    "GET /meta": { _ = try ServiceJSON.decode(ServerMetaWire.self, from: $0) },
    "GET /orgs/{org}/hooks": { _ = try ServiceJSON.decode([HookWire].self, from: $0) },
    "GET /repos/{owner}/{repo}/hooks": { _ = try ServiceJSON.decode([HookWire].self, from: $0) },
    "GET /repos/{owner}/{repo}/commits/{ref}": { _ = try ServiceJSON.decode(CommitFilesWire.self, from: $0) },
    "GET /repos/{owner}/{repo}/pulls/{pull_number}/files": { _ = try ServiceJSON.decode([FileWire].self, from: $0) },
    "POST /graphql": { _ = try ServiceJSON.decode(GraphQLEnvelope<OrganizationTestWire>.self, from: $0) },
  ]

  @Test func `every recorded answer that is read decodes`() async throws {
    var read: [String: Int] = [:]
    for recording in try await ReferenceData.recordings() where recording.status == 200 {
      guard let operation = recording.op, let decode = Self.decoders[operation], let body = recording.body else { continue }
      #expect(throws: Never.self, "\(operation) \(recording.origin ?? "")") { try decode(body.data) }
      read[operation, default: 0] += 1
    }
    for operation in ["GET /user", "GET /orgs/{org}", "GET /orgs/{org}/hooks", "POST /graphql"] {
      #expect(read[operation, default: 0] > 0, "\(operation) was recorded")
    }
    #expect(read.values.reduce(0, +) > 250)
  }

  @Test func `every recorded refusal is an error that says why and what to do`() async throws {
    var seen: Set<Int> = []
    for recording in try await ReferenceData.recordings() where recording.status >= 400 {
      let headers = HTTPHeaders((recording.headers ?? [:]).map { ($0.key, $0.value) })
      let response = HTTPResponse(
        status: recording.status, headers: headers, body: recording.body?.data ?? Data(),
        url: GitHubHost.dotCom.web)
      let error = GitHubFailure(response, clock: ManualClock(startingAt: Stub.now)).error(operation: "read something")
      #expect(!error.reason.isEmpty)
      switch recording.status {
      case 401: #expect(error.code == .unauthorized)
      case 403: #expect(error.code == .forbidden || error.code == .rateLimited)
      case 404: #expect(error.code == .notFound)
      case 429: #expect(error.code == .rateLimited)
      case 500...: #expect(error.code == .unavailable)
      default: #expect(error.code == .unexpectedResponse)
      }
      seen.insert(recording.status)
    }
    #expect(seen.isSuperset(of: [401, 403, 404, 422, 429]))
  }
}
