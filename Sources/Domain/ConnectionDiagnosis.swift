/// What a connection's credential is, what it may do in each organisation, and what to do about the rest. It never holds a secret.
///
/// A `Connection` is a short form of it: see ``connection``.
public struct ConnectionDiagnosis: Hashable, Sendable, Codable {
  /// The connection it is about.
  public var id: ConnectionID
  /// The kind of service.
  public var service: Connection.Service
  /// Whether the connection works.
  public var status: Connection.Status
  /// `Successfully connected via octocat`, or why not and what to do.
  public var message: String
  /// Whom the credential acts for; `nil` when the service did not say.
  public var account: Account?
  /// The credential.
  public var credential: Credential
  /// The server that answered.
  public var server: Server
  /// What it may see of each organisation that was asked for.
  public var organizations: [OrganizationAccess]
  /// What works and what does not, and why: capability by permission.
  public var capabilities: [Capability]
  /// What else to know: things that are not wrong yet, such as a credential that expires soon.
  public var notes: [String]
  /// When it was made.
  public var testedAt: Date

  /// Makes a diagnosis.
  public init(
    id: ConnectionID, service: Connection.Service, status: Connection.Status, message: String, account: Account?,
    credential: Credential, server: Server, organizations: [OrganizationAccess] = [], capabilities: [Capability] = [],
    notes: [String] = [], testedAt: Date
  ) {
    self.id = id
    self.service = service
    self.status = status
    self.message = message
    self.account = account
    self.credential = credential
    self.server = server
    self.organizations = organizations
    self.capabilities = capabilities
    self.notes = notes
    self.testedAt = testedAt
  }

  /// The short form that is stored; its settings are the caller's to add. It leaves out pages for single sign-on, which are good for
  /// an hour.
  public var connection: Connection {
    let names = organizations.map(\.name)
    let access = organizations.map { access in
      var access = access
      if access.state == .singleSignOnRequired { access.remedy?.page = nil }
      return access
    }
    return Connection(
      id: id, service: service, organization: names.first, otherOrganizations: names.count > 1 ? Array(names.dropFirst()) : nil,
      account: account?.name, status: status, message: message, capabilities: capabilities, organizationAccess: access,
      testedAt: testedAt, credentialExpiresAt: credential.expiresAt)
  }
}

extension ConnectionDiagnosis {
  /// Whom a credential acts for.
  public struct Account: Hashable, Sendable, Codable {
    /// The user's login, or the organisation that an app is installed on.
    public var name: String
    /// Whether it is a user: an app's installation has none.
    public var isUser: Bool
    /// The name that an installed app acts under, where it is known.
    public var app: String?

    /// Makes an account.
    public init(name: String, isUser: Bool, app: String? = nil) {
      self.name = name
      self.isUser = isUser
      self.app = app
    }
  }

  /// A credential as the service and its form describe it.
  public struct Credential: Hashable, Sendable, Codable {
    /// What kind it is; `nil` when neither its form nor the service tells.
    public var kind: Kind?
    /// The scopes it was given, by name; `nil` for kinds that have permissions instead.
    public var scopes: [String]?
    /// The scopes it has through those, by name.
    public var impliedScopes: [String]?
    /// When it stops working, where the service says.
    public var expiresAt: Date?
    /// What is wrong with its form: cut off, mistyped, or pasted with something around it.
    public var complaint: String?

    /// Makes a credential.
    public init(
      kind: Kind?, scopes: [String]? = nil, impliedScopes: [String]? = nil, expiresAt: Date? = nil, complaint: String? = nil
    ) {
      self.kind = kind
      self.scopes = scopes
      self.impliedScopes = impliedScopes
      self.expiresAt = expiresAt
      self.complaint = complaint
    }

    /// A kind of credential; a set that others may extend.
    public struct Kind: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
      /// The words as stored and shown.
      public var rawValue: String
      /// Wraps words.
      public init(rawValue: String) { self.rawValue = rawValue }
      /// A person's token with scopes.
      public static let classicToken = Self(rawValue: "classic token")
      /// A person's token with permissions of its own.
      public static let fineGrainedToken = Self(rawValue: "fine-grained token")
      /// What an OAuth app holds for a person.
      public static let oauth = Self(rawValue: "OAuth app token")
      /// What an installable app holds for a person.
      public static let appUser = Self(rawValue: "app user token")
      /// What an installable app holds for itself.
      public static let installation = Self(rawValue: "installation token")
      /// What other tokens are made of; it opens nothing by itself.
      public static let refresh = Self(rawValue: "refresh token")
      /// The words.
      public var description: String { rawValue }
    }
  }

  /// The server that answered.
  public struct Server: Hashable, Sendable, Codable {
    /// Where people look at it.
    public var web: String
    /// Where its API answers.
    public var api: String
    /// What runs there: `GitHub Enterprise Server 3.17.1`.
    public var product: String?
    /// The version of the API that it answered with.
    public var apiVersion: String?

    /// Makes a server.
    public init(web: String, api: String, product: String? = nil, apiVersion: String? = nil) {
      self.web = web
      self.api = api
      self.product = product
      self.apiVersion = apiVersion
    }
  }
}
