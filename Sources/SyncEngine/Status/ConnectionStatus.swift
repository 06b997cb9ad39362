public import KoalrDomain

/// How a connection is doing, the same for every service: what a person sees beside its name.
public struct ConnectionStatus: Hashable, Sendable, Codable {
  /// The connection.
  public var id: ConnectionID
  /// What a person calls it, else its id.
  public var name: String
  /// The kind of service.
  public var service: Connection.Service
  /// Whether it works. What does not work of a service that is turned off does not count.
  public var state: Connection.Status
  /// Why it does not work, or what of it does not, and what to do.
  public var reason: String?
  /// The account the credential belongs to.
  public var account: String?
  /// What it looks at.
  public var organizations: [String]
  /// The services that are turned off.
  public var servicesOff: [IntegrationService]
  /// Whether events arrive; `nil` for services that send none.
  public var webhook: WebhookState?
  /// How many repositories are stored, which grows while a sync runs; `nil` for services that bring none.
  public var repositories: Int?
  /// The last run that read from it; `nil` before the first one.
  public var lastSync: LastSync?
  /// When the last event arrived; `nil` when none has.
  public var lastEventAt: Date?
  /// Why no repository is there long after connecting; empty while there is nothing to explain.
  public var missingRepositories: [Cause]
  /// When the credential was tried last.
  public var testedAt: Date?
  /// When the credential stops working, where the service says.
  public var credentialExpiresAt: Date?

  /// Makes a status.
  public init(
    id: ConnectionID, name: String, service: Connection.Service, state: Connection.Status, reason: String? = nil,
    account: String? = nil, organizations: [String] = [], servicesOff: [IntegrationService] = [], webhook: WebhookState? = nil,
    repositories: Int? = nil, lastSync: LastSync? = nil, lastEventAt: Date? = nil, missingRepositories: [Cause] = [],
    testedAt: Date? = nil, credentialExpiresAt: Date? = nil
  ) {
    self.id = id
    self.name = name
    self.service = service
    self.state = state
    self.reason = reason
    self.account = account
    self.organizations = organizations
    self.servicesOff = servicesOff
    self.webhook = webhook
    self.repositories = repositories
    self.lastSync = lastSync
    self.lastEventAt = lastEventAt
    self.missingRepositories = missingRepositories
    self.testedAt = testedAt
    self.credentialExpiresAt = credentialExpiresAt
  }
}

extension ConnectionStatus {
  /// Whether events arrive.
  public struct WebhookState: Hashable, Sendable, Codable {
    /// Whether they do.
    public var health: Health
    /// Why not, and what to do.
    public var reason: String?
    /// Whether trying again may help without anybody changing something at the service.
    public var retryHelps: Bool?
    /// When the service last delivered something that was accepted.
    public var lastDeliveryAt: Date?

    /// Makes a state.
    public init(health: Health, reason: String? = nil, retryHelps: Bool? = nil, lastDeliveryAt: Date? = nil) {
      self.health = health
      self.reason = reason
      self.retryHelps = retryHelps
      self.lastDeliveryAt = lastDeliveryAt
    }

    /// Whether events arrive.
    public enum Health: String, Hashable, Sendable, Codable {
      /// They do.
      case active
      /// They do not.
      case failed
      /// It could not be found out.
      case unknown
      /// Nobody registered one.
      case absent
      /// It is turned off.
      case off
    }
  }

  /// A run that read from a connection.
  public struct LastSync: Hashable, Sendable, Codable {
    /// When it began.
    public var beganAt: Date
    /// When it wrote last.
    public var activeAt: Date
    /// How it stands.
    public var state: State
    /// How many gaps it noted; it is told at its end.
    public var gaps: Int

    /// Makes a run.
    public init(beganAt: Date, activeAt: Date, state: State, gaps: Int) {
      self.beganAt = beganAt
      self.activeAt = activeAt
      self.state = state
      self.gaps = gaps
    }

    /// How a run stands.
    public enum State: String, Hashable, Sendable, Codable {
      /// It wrote something a short while ago.
      case running
      /// It did not come to its end.
      case interrupted
      /// It came to its end with gaps.
      case incomplete
      /// It came to its end without gaps.
      case complete
    }
  }

  /// One reason why no repository is there.
  public struct Cause: Hashable, Sendable, Codable {
    /// What kind of reason.
    public var kind: Kind
    /// The reason, in one sentence.
    public var reason: String
    /// The one thing to do.
    public var nextStep: String?

    /// Makes a cause.
    public init(_ kind: Kind, reason: String, nextStep: String? = nil) {
      self.kind = kind
      self.reason = reason
      self.nextStep = nextStep
    }

    /// What kind of reason.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
      /// The credential works nowhere.
      case credential
      /// The credential may not see them.
      case permissions
      /// Single sign-on is in the way.
      case singleSignOn
      /// The organisation restricts apps.
      case appRestriction
      /// The organisation does not let the account in, or does not exist.
      case organization
      /// Only some were chosen, and none of these is there.
      case choice
      /// There is none.
      case emptyOrganization
      /// No sync was started.
      case syncNotStarted
      /// A sync is at it.
      case syncRunning
      /// The sync did not get that far.
      case syncFailed
    }
  }
}
