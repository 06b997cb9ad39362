/// A configured way to a service: who we are there and what that lets us do. It never holds a secret.
public struct Connection: Hashable, Sendable, Codable {
  /// Its name.
  public var id: ConnectionID
  /// The kind of service.
  public var service: Service
  /// The organisation or owner it looks at; of a local clone its full name.
  public var organization: String?
  /// The account the credential belongs to; `nil` when the service did not say.
  public var account: String?
  /// Whether it works.
  public var status: Status
  /// Why it does not, or what to know, in one sentence.
  public var message: String?
  /// What the credential can and cannot do.
  public var capabilities: [Capability]
  /// When it was tested last.
  public var testedAt: Date?
  /// When the credential stops working, where the service says.
  public var credentialExpiresAt: Date?

  /// Makes a connection.
  public init(
    id: ConnectionID, service: Service, organization: String?, account: String?, status: Status, message: String? = nil,
    capabilities: [Capability] = [], testedAt: Date? = nil, credentialExpiresAt: Date? = nil
  ) {
    self.id = id
    self.service = service
    self.organization = organization
    self.account = account
    self.status = status
    self.message = message
    self.capabilities = capabilities
    self.testedAt = testedAt
    self.credentialExpiresAt = credentialExpiresAt
  }

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

/// One thing a credential was tried for.
public struct Capability: Hashable, Sendable, Codable {
  /// What: `read pull requests`.
  public var name: String
  /// Whether it works; `nil` when it could not be told without doing it.
  public var available: Bool?
  /// Why not, and the one thing to do about it.
  public var reason: String?

  /// Makes a capability.
  public init(name: String, available: Bool?, reason: String? = nil) {
    self.name = name
    self.available = available
    self.reason = reason
  }
}
