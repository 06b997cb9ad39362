public import KoalrDomain

/// Reads what a service delivers to a webhook: the first thing that meets an outsider's bytes.
///
/// *Using one:* give it to a `WebhookReceiver` of the engine.
/// *Writing one:* check the signature over the raw body before anything in it is believed, in constant time; take from the payload
/// what it is about and nothing else, because what is true is asked of the service again. It waits for nothing and is quick:
/// the service wants its answer at once.
public protocol EventReader: Sendable {
  /// Returns the event of a delivery whose signature is good.
  ///
  /// - Throws: ``DeliveryRefusal``.
  func read(_ delivery: WebhookDelivery) throws(DeliveryRefusal) -> HostEvent
}

/// One request to a webhook, as it came: its headers without regard to case, and the raw body.
public struct WebhookDelivery: Sendable {
  /// The raw body; a signature is over these bytes and no others.
  public var body: Data
  private var headers: [String: String]

  /// Makes a delivery. Two headers of one name are joined with a comma, as HTTP has it.
  public init(headers: [String: String], body: Data) {
    self.body = body
    self.headers = Dictionary(
      headers.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { [$0, $1].sorted().joined(separator: ", ") })
  }

  /// Returns a header, whatever the case of its name.
  public subscript(header: String) -> String? { headers[header.lowercased()] }
}

/// Why a delivery was not believed or understood. Safe in any log and in an answer: it repeats nothing of the delivery.
public struct DeliveryRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// What kind of refusal.
  public var code: Code
  /// What is wrong, in a few words.
  public var reason: String

  /// A kind of refusal; may grow.
  public struct Code: RawRepresentable, Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The word.
    public var rawValue: String
    /// Wraps a word.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// It carries no signature, or not that of its body.
    public static let unsigned = Self(rawValue: "unsigned")
    /// It cannot be understood.
    public static let malformed = Self(rawValue: "malformed")
    /// It is larger than we accept.
    public static let tooLarge = Self(rawValue: "too large")
    /// It is good, and cannot be kept now.
    public static let unavailable = Self(rawValue: "unavailable")
    /// The word.
    public var description: String { rawValue }
    /// Orders by the word.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  /// Makes a refusal.
  public init(_ code: Code, _ reason: String) {
    self.code = code
    self.reason = reason
  }

  /// What is wrong.
  public var description: String { reason }
}
