/// One thing that a person is asked to allow, in words for that person.
public struct OAuthScope: Hashable, Sendable, Codable {
  /// Its name: `read:org`.
  public var name: String
  /// What it is needed for.
  public var reason: String
  /// What it allows beyond that, because the service has no smaller one. None of it is ever used. `nil` when there is nothing.
  public var unused: String?

  /// Makes a scope.
  public init(name: String, reason: String, unused: String? = nil) {
    self.name = name
    self.reason = reason
    self.unused = unused
  }
}
