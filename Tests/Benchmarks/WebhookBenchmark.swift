import Foundation
import KoalrCore
import KoalrCryptography
import KoalrGitHub

/// Accepts deliveries of 20 kB on one task: check the signature, read what it is about, put it into a queue in memory.
struct WebhookBenchmark {
  private let secretText = "a secret of this benchmark"

  /// - Parameter only: how many deliveries a round has, and how many rounds there are.
  func run(only: [Int]) async throws {
    let count = only.first ?? 20_000
    let rounds = only.dropFirst().first ?? 5
    guard let secret = Secret(secretText), count > 0, rounds > 0 else { return }
    let body = Data(try payload().utf8)
    let code = try HMACSHA256.authenticationCode(for: body, key: secret)
    let signature = "sha256=" + code.map { String(format: "%02x", $0) }.joined()
    let reader = GitHubEventReader(secrets: [secret])
    print("accept \(count) deliveries of \(body.count) bytes on one task; \(rounds) rounds")

    var checking = Measurement()
    var reading = Measurement()
    var accepting = Measurement()
    for _ in 0..<rounds {
      try await checking.measure {
        for _ in 0..<count {
          guard try HMACSHA256.isValid(code, for: body, key: secret) else {
            throw Unexpected(what: "a good signature was refused")
          }
        }
      }
      let delivery = WebhookDelivery(headers: headers(signature, 0), body: body)
      try await reading.measure {
        for _ in 0..<count {
          guard try reader.read(delivery).subjects.count == 1 else { throw Unexpected(what: "the event names nothing") }
        }
      }
      try await accepting.measure { try await accept(count, body, signature, reader) }
    }
    report("check the signature", checking, count)
    report("check and read", reading, count)
    report("check, read and queue", accepting, count)
  }

  private func accept(_ count: Int, _ body: Data, _ signature: String, _ reader: GitHubEventReader) async throws {
    let queue = InMemoryJobQueue()
    let receiver = WebhookReceiver(
      reader: reader, queue: queue, connection: ConnectionID(unchecked: "github"), limits: WebhookLimits(waitingJobs: count + 1))
    for number in 0..<count { _ = await receiver.handle(headers: headers(signature, number), body: body) }
    guard try await queue.counts().due == count else { throw Unexpected(what: "not every delivery was queued") }
  }

  private func report(_ what: String, _ measurement: Measurement, _ count: Int) {
    let seconds = measurement.medianComputed ?? measurement.median
    print("\(what): \(measurement.milliseconds); \(Int(Double(count) / seconds)) a second of one core")
  }

  private func headers(_ signature: String, _ number: Int) -> [String: String] {
    [
      "Host": "koalr.example", "User-Agent": "GitHub-Hookshot/044aadd", "Accept": "*/*", "Content-Type": "application/json",
      "X-GitHub-Event": "pull_request", "X-GitHub-Delivery": "72d3162e-cc78-11e3-81ab-\(number)",
      "X-GitHub-Hook-ID": "292430182", "X-GitHub-Hook-Installation-Target-ID": "79929171",
      "X-GitHub-Hook-Installation-Target-Type": "organization", "X-Hub-Signature-256": signature,
    ]
  }

  /// A pull request as large as GitHub's: people and repositories with dozens of addresses each, a text, and what is wanted between.
  private func payload() throws -> String {
    let addresses = (0..<45).map { "\"part_\($0)_url\": \"https://api.github.com/repos/acme/api/part_\($0){/number}\"" }
      .joined(separator: ", ")
    let person = "{\"login\": \"octocat\", \"id\": 1, \"site_admin\": false, \(addresses.prefix(900))\"}"
    let repository =
      "{\"id\": 2, \"node_id\": \"R_kgDOABCDEF\", \"full_name\": \"acme/api\", \"private\": true, \"owner\": \(person), \(addresses)}"
    let text = String(repeating: "A line of a description, with \\\"quotes\\\" and \\n line feeds. ", count: 20)
    let payload = """
      {"action": "synchronize", "number": 7, "pull_request": {"id": 3, "node_id": "PR_kwDOABCDEF", "state": "open",
      "title": "Faster parsing", "user": \(person), "body": "\(text)", "created_at": "2026-11-19T10:00:00Z",
      "updated_at": "2026-11-20T10:00:00Z", "labels": [], "head": {"ref": "faster", "user": \(person), "repo": \(repository)},
      "base": {"ref": "main", "user": \(person), "repo": \(repository)}, "additions": 10, "deletions": 2},
      "repository": \(repository), "organization": {"login": "acme"}, "sender": \(person)}
      """
    guard try JSONSerialization.jsonObject(with: Data(payload.utf8)) is [String: Any] else {
      throw Unexpected(what: "the payload is no object")
    }
    return payload
  }

  private struct Unexpected: Error, CustomStringConvertible {
    var what: String
    var description: String { what }
  }
}
