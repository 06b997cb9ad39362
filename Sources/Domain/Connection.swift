/// A configured way to a service: who we are there and what that lets us do. It never holds a secret.
public struct Connection: Hashable, Sendable, Codable {
  /// Its name.
  public var id: ConnectionID
  /// The kind of service.
  public var service: Service
  /// The organisation or owner it looks at, the first where it covers several; of a local clone its full name.
  public var organization: String?
  /// The organisations it covers beside the first; `nil` when that is the only one.
  public var otherOrganizations: [String]?
  /// The account the credential belongs to; `nil` when the service did not say.
  public var account: String?
  /// Whether it works.
  public var status: Status
  /// Why it does not, or what to know, in one sentence.
  public var message: String?
  /// What the credential can and cannot do.
  public var capabilities: [Capability]
  /// What it may see of each organisation, where the service can tell that.
  public var organizationAccess: [OrganizationAccess]?
  /// When it was tested last.
  public var testedAt: Date?
  /// When the credential stops working, where the service says.
  public var credentialExpiresAt: Date?
  /// How a person set it up; `nil` when it was not saved and the next run has to be told again.
  public var settings: Settings?

  /// Makes a connection.
  public init(
    id: ConnectionID, service: Service, organization: String?, otherOrganizations: [String]? = nil, account: String?,
    status: Status, message: String? = nil, capabilities: [Capability] = [], organizationAccess: [OrganizationAccess]? = nil,
    testedAt: Date? = nil, credentialExpiresAt: Date? = nil, settings: Settings? = nil
  ) {
    self.id = id
    self.service = service
    self.organization = organization
    self.otherOrganizations = otherOrganizations
    self.account = account
    self.status = status
    self.message = message
    self.capabilities = capabilities
    self.organizationAccess = organizationAccess
    self.testedAt = testedAt
    self.credentialExpiresAt = credentialExpiresAt
    self.settings = settings
  }

  /// Every organisation it covers.
  public var organizations: [String] { [organization].compactMap(\.self) + (otherOrganizations ?? []) }

  /// A kind of service; a set that others may extend.
  public struct Service: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The word as stored.
    public var rawValue: String
    /// Wraps a word.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// GitHub, hosted or on one's own server.
    public static let gitHub = Self(rawValue: "github")
    /// Codecov.
    public static let codecov = Self(rawValue: "codecov")
    /// Snyk.
    public static let snyk = Self(rawValue: "snyk")
    /// A local clone, read with the `git` program.
    public static let git = Self(rawValue: "git")
    /// The word as stored.
    public var description: String { rawValue }
  }

  /// Whether a connection works: its health.
  public enum Status: String, Hashable, Sendable, Codable {
    /// Everything needed works.
    case connected
    /// It works, and something that was asked for does not.
    case degraded
    /// It does not work.
    case failed
  }
}
