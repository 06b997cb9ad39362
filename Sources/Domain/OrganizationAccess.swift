/// What a credential may see of one organisation, and who can mend what it may not.
public struct OrganizationAccess: Hashable, Sendable, Codable {
  /// The organisation's name, as the service writes it where it answered.
  public var name: String
  /// Whether the credential is let in.
  public var state: State
  /// What the account is there; `nil` when that cannot be told.
  public var role: Role?
  /// Whether the account was invited and has not accepted yet.
  public var isPending: Bool
  /// How many repositories the credential sees.
  public var visibleRepositories: Int?
  /// How many repositories the organisation has, where the service says.
  public var allRepositories: Int?
  /// What is missing, who can mend it, and where.
  public var remedy: Remedy?

  /// Makes an access.
  public init(
    name: String, state: State, role: Role? = nil, isPending: Bool = false, visibleRepositories: Int? = nil,
    allRepositories: Int? = nil, remedy: Remedy? = nil
  ) {
    self.name = name
    self.state = state
    self.role = role
    self.isPending = isPending
    self.visibleRepositories = visibleRepositories
    self.allRepositories = allRepositories
    self.remedy = remedy
  }

  /// How many repositories the account was not added to; `nil` when it cannot be told.
  public var hiddenRepositories: Int? {
    guard let visibleRepositories, let allRepositories else { return nil }
    return max(0, allRepositories - visibleRepositories)
  }

  /// Whether a credential is let into an organisation.
  public enum State: String, Hashable, Sendable, Codable {
    /// It is.
    case granted
    /// The organisation wants single sign-on, and the credential is not authorised for it.
    case singleSignOnRequired
    /// The organisation restricts apps, and has not approved this one.
    case appRestricted
    /// It does not exist, or hides itself from the credential.
    case notVisible
    /// It refuses for another reason.
    case refused
    /// It was not asked: the credential works nowhere.
    case unknown
  }

  /// What an account is in an organisation; a set that others may extend.
  public struct Role: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    /// The word as stored.
    public var rawValue: String
    /// Wraps a word.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// An owner.
    public static let admin = Self(rawValue: "admin")
    /// A member.
    public static let member = Self(rawValue: "member")
    /// Somebody who sees the bills and nothing else.
    public static let billingManager = Self(rawValue: "billing_manager")
    /// No member at all.
    public static let none = Self(rawValue: "none")
    /// The word.
    public var description: String { rawValue }
  }

  /// Something that a person has to do at the service.
  public struct Remedy: Hashable, Sendable, Codable {
    /// Who can do it.
    public var who: Person
    /// What is in the way.
    public var reason: String
    /// What to do.
    public var action: String
    /// The page to do it on.
    public var page: String?

    /// Makes a remedy.
    public init(who: Person, reason: String, action: String, page: String? = nil) {
      self.who = who
      self.reason = reason
      self.action = action
      self.page = page
    }

    /// The action with its page, in one line.
    public var nextStep: String { action + (page.map { ": \($0)" } ?? "") }

    /// Who can mend something.
    public enum Person: String, Hashable, Sendable, Codable {
      /// The account itself.
      case account
      /// An owner of the organisation, whom the account has to ask unless it is one.
      case owner
    }
  }
}
