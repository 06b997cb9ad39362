public import Foundation
import KoalrDomain

/// What the peers say a complete sync must end with, as far as any test compares it.
///
/// Words and times are the peers' own (ISO 8601 in UTC, so that they sort as text): a comparison decides what it expects of them.
/// Every key is written by the peers at all times; what is optional here is null there.
public struct Truth: Decodable, Sendable {
  /// The organisation.
  public var org: String
  /// The time the world stands at.
  public var now: String
  /// The start of the window that a sync covers.
  public var since: String
  /// The organisation at Snyk.
  public var snyk: SnykAccount
  /// Everybody who ever took part, bots and those who left included.
  public var people: [Person]
  /// The teams.
  public var teams: [Team]
  /// The repositories, each with everything that belongs to it.
  public var repositories: [Repository]

  /// Reads the file that the peers wrote.
  ///
  /// - Throws: `DecodingError` when the peers' form has changed, or why the file cannot be read.
  public init(_ file: URL) throws {
    self = try JSONDecoder().decode(Self.self, from: try Data(contentsOf: file))
    for time in [now, since] where ISO8601Time.parse(time) == nil {
      throw PeerError(description: "The truth calls \(time) a time.")
    }
  }

  /// Somebody with an account.
  public struct Person: Decodable, Sendable {
    /// The account's name; the one of a bot ends in `[bot]`.
    public var login: String
    /// The person's name.
    public var name: String
    /// The address in commits.
    public var email: String
    /// Whether the person is no longer a member.
    public var left: Bool
  }

  /// A team of the organisation.
  public struct Team: Decodable, Sendable {
    /// The name in addresses.
    public var slug: String
    /// The name that people read.
    public var name: String
    /// The slug of the team it is part of.
    public var parent: String?
    /// The accounts of its members.
    public var members: [String]
  }

  /// How Snyk names the organisation.
  public struct SnykAccount: Decodable, Sendable {
    /// Its id.
    public var orgId: String
    /// Its name in addresses.
    public var slug: String
  }
}

extension Peers {
  /// Returns the truth of peers that were started with it, and removes the file, once: peers that many tests share are never
  /// released, so nothing else would remove it.
  public func takeTruth() throws -> Truth {
    guard let truth else { throw PeerError(description: "The peers were started without their truth.") }
    defer { try? FileManager.default.removeItem(at: truth) }
    return try Truth(truth)
  }
}
