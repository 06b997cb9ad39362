import Foundation
import KoalrCore
import KoalrGitHub
import Testing

struct SignatureTests {
  private static let ping = Data(#"{"zen": "Design for failure.", "hook_id": 1}"#.utf8)

  /// The vector of GitHub's page "Validating webhook deliveries": its body is no JSON, so that the refusal tells the signature
  /// was good.
  @Test func `GitHub's own example is signed right`() throws {
    var headers = try Delivery.headers("push", body: Data())
    headers["X-Hub-Signature-256"] = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
    let delivery = WebhookDelivery(headers: headers, body: Data("Hello, World!".utf8))
    let refusal = try #require(throws: DeliveryRefusal.self) { try Delivery.reader().read(delivery) }
    #expect(refusal == DeliveryRefusal(.malformed, "the payload is not a JSON object"))
  }

  @Test func `one changed byte anywhere is refused`() throws {
    let headers = try Delivery.headers("ping", body: Self.ping)
    let reader = try Delivery.reader()
    #expect(try reader.read(WebhookDelivery(headers: headers, body: Self.ping)).subjects == [.hook])
    for index in Self.ping.indices {
      var body = Self.ping
      body[index] ^= 1
      let refusal = #expect(throws: DeliveryRefusal.self) { try reader.read(WebhookDelivery(headers: headers, body: body)) }
      #expect(refusal?.code == .unsigned)
    }
  }

  @Test(arguments: [
    nil, "", "sha256=", "sha1=757107ea0eb2509fc211221cce984b8a37570b6d",
    "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
    "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1", "sha256=" + String(repeating: "z", count: 64),
    "sha256=" + String(repeating: "0", count: 64), "sha256=" + String(repeating: "0", count: 65),
  ])
  func `what is no signature of the body is refused`(header: String?) throws {
    var headers = try Delivery.headers("ping", body: Self.ping)
    headers["X-Hub-Signature-256"] = header
    let refusal = #expect(throws: DeliveryRefusal.self) {
      try Delivery.reader().read(WebhookDelivery(headers: headers, body: Self.ping))
    }
    #expect(refusal?.code == .unsigned)
  }

  @Test func `while a secret is changed the old and the new one are good`() throws {
    let reader = try Delivery.reader("new", "old")
    for secret in ["new", "old"] {
      let headers = try Delivery.headers("ping", body: Self.ping, secret: secret)
      #expect(try reader.read(WebhookDelivery(headers: headers, body: Self.ping)).name == "ping")
    }
    let headers = try Delivery.headers("ping", body: Self.ping, secret: "older")
    #expect(throws: DeliveryRefusal.self) { try reader.read(WebhookDelivery(headers: headers, body: Self.ping)) }
  }

  @Test func `the names of headers may have any case, and those of other GitHubs are welcome`() throws {
    var headers = try Delivery.headers("ping", body: Self.ping)
    headers = Dictionary(uniqueKeysWithValues: headers.map { ($0.key.uppercased(), $0.value) })
    headers["x-github-enterprise-host"] = "github.acme.example"
    headers["x-github-enterprise-version"] = "3.20.1"
    headers["x-github-tenant"] = "acme"
    #expect(try Delivery.reader().read(WebhookDelivery(headers: headers, body: Self.ping)).isKnown)
  }

  @Test func `a signature that comes twice is none`() throws {
    var headers = try Delivery.headers("ping", body: Self.ping)
    headers["x-hub-signature-256"] = headers["X-Hub-Signature-256"]
    #expect(throws: DeliveryRefusal.self) { try Delivery.reader().read(WebhookDelivery(headers: headers, body: Self.ping)) }
  }

  @Test func `no rendering shows the secret`() throws {
    let reader = try Delivery.reader()
    var text = "\(reader)"
    dump(reader, to: &text)
    #expect(!text.contains(Delivery.secret))
  }
}
