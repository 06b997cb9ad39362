import Foundation
import KoalrHTTPTransport
import Testing

@testable import KoalrGitHub

struct LimitReadingTests {
  struct Answer: Sendable {
    var status: Int
    var headers: HTTPHeaders = [:]
    var body = ""
    var path = "/user"
    var refusal: LimitReading.Refusal?
  }

  private static let secondary = #"{"message": "You have exceeded a secondary rate limit. Please wait"}"#
  private static func errors(_ type: String, _ message: String) -> String {
    #"{"errors": [{"type": "\#(type)", "message": "\#(message)"}]}"#
  }

  static let answers: [Answer] = [
    Answer(status: 200, headers: ["X-RateLimit-Limit": "5000", "X-RateLimit-Remaining": "0"], refusal: nil),
    Answer(
      status: 403, headers: ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1790000600"], refusal: .usedUp(.seconds(601))),
    Answer(
      status: 429,
      headers: ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1790000600", "Date": "Mon, 21 Sep 2026 14:20:00 GMT"],
      refusal: .usedUp(.seconds(201))),
    Answer(status: 403, body: #"{"message": "API rate limit exceeded for user ID 1."}"#, refusal: .usedUp(nil)),
    Answer(
      status: 403, headers: ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "99999999999"], refusal: .usedUp(.seconds(3660))),
    Answer(status: 429, headers: ["Retry-After": "8"], body: secondary, refusal: .tooFast(.seconds(8))),
    Answer(
      status: 403, headers: ["X-RateLimit-Remaining": "4000", "X-RateLimit-Reset": "1790000600"], body: secondary,
      refusal: .tooFast(nil)),
    Answer(
      status: 403, headers: ["Retry-After": "60"], body: #"{"message": "You have triggered an abuse detection mechanism."}"#,
      refusal: .tooFast(.seconds(60))),
    Answer(
      status: 429, headers: ["X-RateLimit-Remaining": "4000", "X-RateLimit-Reset": "1790000600"], refusal: .tooFast(nil)),
    Answer(status: 403, headers: ["X-RateLimit-Limit": "0", "X-RateLimit-Remaining": "0"], refusal: nil),
    Answer(status: 403, body: #"{"message": "Resource not accessible by integration"}"#, refusal: nil),
    Answer(status: 404, body: #"{"message": "Rate limiting is not enabled."}"#, refusal: nil),
    Answer(status: 200, body: errors("RATE_LIMITED", "API rate limit exceeded"), path: "/graphql", refusal: .usedUp(nil)),
    Answer(
      status: 200, headers: ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1790000060"],
      body: errors("RATE_LIMIT", "API rate limit already exceeded"), path: "/graphql", refusal: .usedUp(.seconds(61))),
    Answer(
      status: 200, headers: ["Retry-After": "30"], body: errors("RATE_LIMITED", "You have exceeded a secondary rate limit"),
      path: "/api/graphql", refusal: .tooFast(.seconds(30))),
    Answer(status: 200, body: errors("NOT_FOUND", "no"), path: "/graphql", refusal: nil),
    Answer(status: 200, body: secondary, path: "/user", refusal: nil),
    Answer(status: 502, body: secondary, refusal: nil),
  ]

  @Test(arguments: answers)
  func `a refusal is told from other answers, and how long it lasts`(answer: Answer) throws {
    let address = try #require(URL(string: "https://api.example.com\(answer.path)"))
    let response = HTTPResponse(status: answer.status, headers: answer.headers, body: Data(answer.body.utf8), url: address)
    #expect(LimitReading(response, now: Date(timeIntervalSince1970: 1_790_000_000)).refusal == answer.refusal)
  }
}
