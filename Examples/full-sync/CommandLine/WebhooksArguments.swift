import Foundation
import KoalrCore

/// What `full-sync webhooks` is asked to do.
struct WebhooksArguments {
  enum Action: Equatable {
    case add(WebhookURL, eachRepository: Bool)
    case status
    case ping
    case retry(WebhookURL?)
    case redeliver(since: Date?)
    case remove
  }

  var action: Action
  /// The name of the saved connection.
  var name: String
  var json: Bool
  /// The database.
  var file: URL

  /// Reads the words behind `webhooks`.
  ///
  /// - Throws: ``UsageError``.
  init(_ words: ArraySlice<String>) throws(UsageError) {
    guard let verb = words.first, let grammar = Self.grammars[verb] else {
      throw UsageError("webhooks needs one of add, status, ping, retry, redeliver and remove.")
    }
    let words = try CommandWords(words.dropFirst(), grammar)
    let url = try words.webhookURL("--url")
    switch verb {
    case "add":
      guard let url else { throw UsageError("webhooks add needs --url URL: where GitHub reaches the receiver.") }
      action = .add(url, eachRepository: words.has("--each-repository"))
    case "status": action = .status
    case "ping": action = .ping
    case "retry": action = .retry(url)
    case "redeliver": action = .redeliver(since: try words.since)
    default: action = .remove
    }
    name = words.operands[0]
    json = try words.isJSON
    file = try words.storeFile(of: "webhooks \(verb)")
  }

  private static let grammars: [String: CommandWords.Grammar] = [
    "add": grammar("add", values: ["--url"], flags: ["--each-repository"]),
    "status": grammar("status"),
    "ping": grammar("ping"),
    "retry": grammar("retry", values: ["--url"]),
    "redeliver": grammar("redeliver", values: ["--since"]),
    "remove": grammar("remove"),
  ]

  private static func grammar(_ verb: String, values: Set<String> = [], flags: Set<String> = []) -> CommandWords.Grammar {
    CommandWords.Grammar(
      command: "webhooks \(verb)", operands: ["NAME"], values: values.union(["--store", "--format"]),
      flags: flags.union(["--json"]))
  }

  static let usage = """
    Usage: full-sync webhooks COMMAND NAME --store sqlite:FILE [options]

    NAME is a saved connection to GitHub. Its webhook tells a receiver of events as they happen.

      add NAME --url URL   registers a webhook for the organisation, or changes the one that is there; an address
                           without a path means …/webhooks/github; --each-repository makes one for each synced
                           repository where the organisation allows none
      status NAME          looks whether it is registered, turned on, and its newest deliveries arrived
      ping NAME            has GitHub deliver a ping and looks whether it arrived
      retry NAME           registers again what failed; --url URL sends it elsewhere
      redeliver NAME       has GitHub deliver again what was missed; --since TIME, else as far back as GitHub remembers
      remove NAME          removes the webhook and its secret
      --json               short for --format json: one JSON object

    Deliveries are signed with a secret that is made with the webhook and sealed beside the token.

    Exit codes: 0 active or done, 1 it does not work or something was left, 2 failed, 64 wrong usage.
    """
}

extension CommandWords {
  /// Where GitHub reaches a receiver, or `nil` when it was not given; an address without a path means where one listens by convention.
  func webhookURL(_ option: String) throws(UsageError) -> WebhookURL? {
    guard let text = self[option] else { return nil }
    guard let url = WebhookURL(rawValue: text) else { throw UsageError("\(option) needs an \(WebhookURL.noun).") }
    let path = text.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" }
    return path.isEmpty || path == "/" ? WebhookURL.conventional(at: text, for: .gitHub) ?? url : url
  }

  /// The moment to look back to, or `nil` when it was not given.
  fileprivate var since: Date? {
    get throws(UsageError) {
      guard let text = self["--since"] else { return nil }
      guard let time = ISO8601Time.parse(text) else {
        throw UsageError("--since needs a time such as 2026-11-20T12:00:00Z, not \"\(text)\".")
      }
      return time
    }
  }
}
