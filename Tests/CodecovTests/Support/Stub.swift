import Foundation
import KoalrCodecov
import KoalrCore
import KoalrHTTPTransport
import KoalrTesting
import Testing

/// A Codecov whose answers a test writes down.
struct Stub {
  static let repository = Repository(
    id: RepositoryID(unchecked: "R_1"), name: RepositoryName(unchecked: "acme/shop"), defaultBranch: "release/1+x", headSHA: nil)
  static let sha = CommitID(unchecked: String(repeating: "a", count: 40))
  static let token = "11111111-2222-4333-8444-555555555555"

  let codecov: CodecovCoverage
  let transport: StubTransport
  let clock = ManualClock(startingAt: ISO8601Time.parse("2026-11-20T12:00:00Z") ?? .distantPast, skipsSleep: true)

  init(_ rules: [StubTransport.Rule]) throws {
    transport = StubTransport(rules)
    codecov = CodecovCoverage(
      organization: "acme", token: try #require(Secret(Self.token)), transport: transport, clock: clock)
  }

  /// What was asked, without scheme and host.
  var asked: [String] {
    transport.requests.map { $0.url.absoluteString.replacing("https://api.codecov.io", with: "") }
  }
}
