/// A part of what a connection brings, which a person can turn on and off; a set that others may extend.
public struct IntegrationService: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
  /// The word as stored and typed.
  public var rawValue: String
  /// Wraps a word.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// Repositories with their CODEOWNERS, commits, deployments, teams and members.
  public static let repositories = Self(rawValue: "repositories")
  /// Pull requests with reviews, comments, checks, files and the coverage of their changes.
  public static let pullRequests = Self(rawValue: "pull-requests")
  /// Issues as tickets.
  public static let tickets = Self(rawValue: "tickets")
  /// Being told of events as they happen.
  public static let webhooks = Self(rawValue: "webhooks")

  /// Every service, in the order to show them in.
  public static let all = [repositories, pullRequests, tickets, webhooks]

  /// Whether it cannot be turned off, because every other service needs it.
  public var isRequired: Bool { self == .repositories }

  /// The word.
  public var description: String { rawValue }
}
