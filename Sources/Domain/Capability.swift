/// One thing a credential was tried for.
public struct Capability: Hashable, Sendable, Codable {
  /// What: `read pull requests`.
  public var name: String
  /// Whether it works; `nil` when it could not be told without doing it.
  public var available: Bool?
  /// Why not, or why that is not known.
  public var reason: String?
  /// The organisation it is about, where a connection covers several.
  public var organization: String?
  /// The service it belongs to; `nil` for what no single service needs.
  public var service: IntegrationService?
  /// The scope or permission it needs, in the service's words for this kind of credential.
  public var needs: String?
  /// The one thing to do so that it works, and where.
  public var nextStep: String?

  /// Makes a capability.
  public init(
    name: String, available: Bool?, reason: String? = nil, organization: String? = nil, service: IntegrationService? = nil,
    needs: String? = nil, nextStep: String? = nil
  ) {
    self.name = name
    self.available = available
    self.reason = reason
    self.organization = organization
    self.service = service
    self.needs = needs
    self.nextStep = nextStep
  }

  /// Why it does not work and what to do about it, in one line; `nil` when it works.
  public var advice: String? {
    let parts = [reason, nextStep].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}
