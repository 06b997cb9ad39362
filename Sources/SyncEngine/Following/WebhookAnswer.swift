/// What a webhook answers: a status and a short text that tells an outsider nothing but what to mend.
public struct WebhookAnswer: Hashable, Sendable {
  /// The HTTP status: 202 for what is accepted, a duplicate or unknown; 400, 401, 413 or 503 for what is refused.
  public var status: Int
  /// A few words.
  public var text: String

  /// Makes an answer.
  public init(status: Int, text: String) {
    self.status = status
    self.text = text
  }
}

/// How much a webhook takes.
public struct WebhookLimits: Hashable, Sendable {
  /// The most bytes of a body.
  public var bodyBytes: Int
  /// How many delivery ids are remembered, so that a duplicate is dropped.
  public var rememberedDeliveries: Int
  /// How many jobs may wait in the queue before deliveries are refused until later; looked at now and then, so some more may.
  public var waitingJobs: Int

  /// The largest body that GitHub sends: 25 MB.
  ///
  /// Source: docs.github.com, "Webhook events and payloads", payload cap.
  public static let largestBody = 25 * 1024 * 1024

  /// Makes limits; none is larger than the constants allow.
  public init(bodyBytes: Int = largestBody, rememberedDeliveries: Int = 20_000, waitingJobs: Int = 100_000) {
    precondition(bodyBytes > 0 && rememberedDeliveries > 0 && waitingJobs > 0, "A limit of nothing would refuse everything.")
    self.bodyBytes = min(bodyBytes, Self.largestBody)
    self.rememberedDeliveries = rememberedDeliveries
    self.waitingJobs = waitingJobs
  }
}
