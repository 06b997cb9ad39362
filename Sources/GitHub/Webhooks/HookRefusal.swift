import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

/// Reads why GitHub does not take a webhook: status 422 with a list of errors, whose texts are not repeated but understood.
struct HookRefusal {
  private let texts: [String]?

  init(_ response: HTTPResponse) {
    guard response.status == 422 else {
      texts = nil
      return
    }
    let wire = try? response.json(Wire.self, service: .gitHub, operation: "")
    texts = (wire?.errors ?? []).compactMap { $0.value?.text } + [wire?.message].compactMap(\.self)
  }

  /// The refusal as an error with what to do next; `nil` when it is another kind of answer.
  func error(operation: String) -> IntegrationError? {
    guard let texts else { return nil }
    func says(_ words: String) -> Bool { texts.contains { $0.contains(words) } }
    if says("already exists") { return make(.conflict, operation, Self.hidden) }
    if says("cannot have more than") { return make(.misconfigured, operation, Self.tooMany) }
    if says("isn't reachable") || says("not supported because") { return make(.misconfigured, operation, Self.unreachable) }
    return make(.misconfigured, operation, Self.refused)
  }

  private func make(_ code: IntegrationError.Code, _ operation: String, _ reason: String) -> IntegrationError {
    IntegrationError(code, service: .gitHub, operation: operation, reason: reason)
  }

  // OAuth apps see only what they made, and people's tokens only what people made.
  private static let hidden =
    "there is a webhook for this address already that this token may not see; remove it in the webhook settings and try again"
  private static let tooMany =
    "there are as many webhooks for one of the events as GitHub allows; remove one in the webhook settings and try again"
  private static let unreachable = "GitHub does not deliver to this address; choose one that the public internet reaches"
  private static let refused = "GitHub does not take it (status 422); check the address"

  private struct Wire: Decodable {
    var message: String?
    var errors: [Lossy<Item>]?
  }

  /// An object with a message, or the message alone.
  private struct Item: Decodable {
    var text: String?

    private enum CodingKeys: CodingKey {
      case message
    }

    init(from decoder: any Decoder) throws {
      if let container = try? decoder.container(keyedBy: CodingKeys.self) {
        text = try container.decodeIfPresent(String.self, forKey: .message)
      } else {
        text = try decoder.singleValueContainer().decode(String.self)
      }
    }
  }
}
