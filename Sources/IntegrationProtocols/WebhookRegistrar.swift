public import KoalrDomain

/// A code host that can be asked to tell of events as they happen: the management of our own webhooks.
///
/// These are the only writes that Koalr sends beside those for its own token.
///
/// *Using one:* `WebhookUpkeep` of the engine registers without doubling, watches and mends; ask here only for single steps.
/// *Writing one:* each call is one request, or one page. Send what is not idempotent once: after a failure in transit nobody knows
/// whether it was done, and the caller looks first before it tries again. Leave at least as much time between two writes as the
/// service wants. Run `WebhookRegistrarContract` on it.
public protocol WebhookRegistrar: Sendable {
  /// Returns the service's words for the events that are worth having of a target, in the order of their bytes.
  func webhookEvents(of target: WebhookTarget) -> [String]

  /// For how long the service can deliver again what it failed to deliver.
  var redeliveryWindow: Duration { get }

  /// Returns a new secret to sign deliveries with, that nobody can guess.
  func newWebhookSecret() -> Secret

  /// Returns what is known to stand in the way of a webhook, found out without writing: a scope the credential lacks, a role its
  /// account does not have. `nil` says that trying is worth it.
  ///
  /// - Throws: ``IntegrationError`` when it could not be found out, `CancellationError`.
  func obstacle(toWebhookOf target: WebhookTarget) async throws -> IntegrationError?

  /// Returns one page of the webhooks there are, as far as the credential may see them: some services hide those that others made.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func webhooks(of target: WebhookTarget, after cursor: Cursor?) async throws -> Page<RegisteredWebhook>

  /// Makes a webhook. Not idempotent.
  ///
  /// - Throws: ``IntegrationError``, with the code `conflict` where one like it is there already; `CancellationError`.
  func createWebhook(_ wanted: WantedWebhook, on target: WebhookTarget) async throws -> RegisteredWebhook

  /// Makes a webhook what is wanted: all of its events, its secret, and whether it is turned on.
  ///
  /// - Throws: ``IntegrationError``, with the code `notFound` where it is gone; `CancellationError`.
  func changeWebhook(_ id: SourceID, to wanted: WantedWebhook, on target: WebhookTarget) async throws -> RegisteredWebhook

  /// Has the service deliver a ping, which says nothing; the delivery shows up among ``deliveries(of:on:after:)`` a little later.
  ///
  /// - Throws: ``IntegrationError``, with the code `notFound` where it is gone; `CancellationError`.
  func pingWebhook(_ id: SourceID, on target: WebhookTarget) async throws

  /// Returns one page of what was delivered, every attempt by itself, newest first.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func deliveries(of id: SourceID, on target: WebhookTarget, after cursor: Cursor?) async throws -> Page<DeliveryAttempt>

  /// Has the service deliver something once more, under the same ``DeliveryAttempt/guid``.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func redeliver(_ delivery: SourceID, of id: SourceID, on target: WebhookTarget) async throws

  /// Removes a webhook and returns whether there was one.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  @discardableResult
  func deleteWebhook(_ id: SourceID, on target: WebhookTarget) async throws -> Bool
}

extension WebhookRegistrar {
  /// Returns all webhooks that the credential may see; there are never many.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  public func allWebhooks(of target: WebhookTarget) async throws -> [RegisteredWebhook] {
    var found: [RegisteredWebhook] = []
    var cursor: Cursor?
    for _ in 0..<WebhookTarget.mostPages {
      let page = try await webhooks(of: target, after: cursor)
      found += page.elements
      guard let next = page.next, next != cursor else { break }
      cursor = next
    }
    return found
  }
}

/// What a webhook tells about.
public enum WebhookTarget: Hashable, Sendable, CustomStringConvertible {
  /// Everything of an organisation.
  case organization(String)
  /// One repository, where the organisation allows no webhook of its own.
  case repository(RepositoryName, id: RepositoryID)

  /// The name of the organisation or owner.
  public var organization: String {
    switch self {
    case .organization(let name): name
    case .repository(let name, _): String(name.rawValue.prefix { $0 != "/" })
    }
  }

  /// The repository; `nil` for an organisation.
  public var repositoryID: RepositoryID? {
    if case .repository(_, let id) = self { id } else { nil }
  }

  /// The name as people write it.
  public var description: String {
    switch self {
    case .organization(let name): name
    case .repository(let name, _): name.rawValue
    }
  }

  /// More pages than any target has webhooks.
  static let mostPages = 50
}

/// A webhook as it shall be.
public struct WantedWebhook: Sendable, Hashable {
  /// Where to deliver to.
  public var url: WebhookURL
  /// The service's words for what to deliver.
  public var events: [String]
  /// Signs deliveries.
  public var secret: Secret
  /// Whether it is turned on.
  public var active: Bool

  /// Makes a wish.
  public init(url: WebhookURL, events: [String], secret: Secret, active: Bool = true) {
    self.url = url
    self.events = events
    self.secret = secret
    self.active = active
  }
}

/// A webhook as the service has it. A service never tells the secret.
public struct RegisteredWebhook: Sendable, Hashable {
  /// The service's stable id.
  public var id: SourceID
  /// Where it delivers to.
  public var url: String
  /// The service's words for what it delivers, in the order of their bytes.
  public var events: [String]
  /// Whether it is turned on.
  public var active: Bool
  /// When it was made.
  public var createdAt: Date?

  /// Makes a description.
  public init(id: SourceID, url: String, events: [String], active: Bool, createdAt: Date? = nil) {
    self.id = id
    self.url = url
    self.events = events
    self.active = active
    self.createdAt = createdAt
  }
}

/// One attempt to deliver something.
public struct DeliveryAttempt: Sendable, Hashable {
  /// The service's id of this attempt.
  public var id: SourceID
  /// What all attempts to deliver the same thing share.
  public var guid: String
  /// The service's word for what happened.
  public var event: String
  /// When the attempt was made.
  public var deliveredAt: Date
  /// How it ended.
  public var outcome: Outcome
  /// What the receiver answered, an HTTP status; `nil` when there was no answer.
  public var status: Int?
  /// Whether it says nothing but that deliveries arrive.
  public var isPing: Bool
  /// When the service held it back because there were too many.
  public var throttledAt: Date?

  /// Makes an attempt.
  public init(
    id: SourceID, guid: String, event: String, deliveredAt: Date, outcome: Outcome, status: Int?, isPing: Bool = false,
    throttledAt: Date? = nil
  ) {
    self.id = id
    self.guid = guid
    self.event = event
    self.deliveredAt = deliveredAt
    self.outcome = outcome
    self.status = status
    self.isPing = isPing
    self.throttledAt = throttledAt
  }

  /// How an attempt ended.
  public enum Outcome: Sendable, Hashable {
    /// The receiver took it.
    case accepted
    /// The receiver refused it, or was not reached.
    case failed
    /// It is under way.
    case pending
  }
}
