/// What a connection asked a code host to tell us as it happens, and whether that works.
///
/// There is one for an organisation or, where the organisation allows none, one for each repository. It is kept also when it could
/// not be registered, because then people want to know why. It never holds the secret that deliveries are signed with.
public struct Webhook: Hashable, Sendable, Codable {
  /// The service's stable id; `nil` while none is registered.
  public var id: SourceID?
  /// The organisation or owner.
  public var organization: String
  /// The repository it is for; `nil` for the whole organisation.
  public var repositoryID: RepositoryID?
  /// Where the service delivers to.
  public var url: WebhookURL
  /// The service's words for what it delivers, in the order of their bytes; empty while none is registered.
  public var events: [String]
  /// Whether the service has it turned on; `nil` when that is not known.
  public var active: Bool?
  /// Whether events arrive.
  public var status: Status
  /// Why they do not, or cannot be told of, and what to do, in one sentence that is safe in any log.
  public var reason: String?
  /// Whether trying again may help without anybody changing something at the service; `nil` when there is nothing to mend.
  public var retryHelps: Bool?
  /// When it was registered by us.
  public var registeredAt: Date?
  /// When ``status`` was found out.
  public var checkedAt: Date?
  /// When the service last delivered something, or tried to.
  public var lastDeliveryAt: Date?
  /// What the receiver answered to that: an HTTP status; `nil` when there was no answer.
  public var lastDeliveryStatus: Int?

  /// Makes a webhook's record.
  public init(
    id: SourceID?, organization: String, repositoryID: RepositoryID? = nil, url: WebhookURL, events: [String] = [],
    active: Bool? = nil, status: Status, reason: String? = nil, retryHelps: Bool? = nil, registeredAt: Date? = nil,
    checkedAt: Date? = nil, lastDeliveryAt: Date? = nil, lastDeliveryStatus: Int? = nil
  ) {
    self.id = id
    self.organization = organization
    self.repositoryID = repositoryID
    self.url = url
    self.events = events
    self.active = active
    self.status = status
    self.reason = reason
    self.retryHelps = retryHelps
    self.registeredAt = registeredAt
    self.checkedAt = checkedAt
    self.lastDeliveryAt = lastDeliveryAt
    self.lastDeliveryStatus = lastDeliveryStatus
  }

  /// Whether events arrive.
  public enum Status: String, Hashable, Sendable, Codable {
    /// It is registered and turned on, and the newest deliveries arrived.
    case active
    /// It is not registered, turned off, or its deliveries fail.
    case failed
    /// It could not be found out.
    case unknown
  }
}
