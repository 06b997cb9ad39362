extension Connection {
  /// What a person said about a connection when it was saved; a test of the credential leaves it alone.
  ///
  /// What was added later is optional, so that settings which were saved before still mean what they meant.
  public struct Settings: Hashable, Sendable, Codable {
    /// What the person calls it: free text, which may change while the connection's id stays.
    public var name: String
    /// Where the service is; `nil` for its usual address. Without user, password or query.
    public var url: String?
    /// The organisation or owner to look at, by its name on the code host; the first where there are several.
    public var organization: String
    /// The organisations to look at beside the first; `nil` when that is the only one.
    public var otherOrganizations: [String]?
    /// The organisation at Snyk, where the token sees several.
    public var snykOrganization: String?
    /// The services that are turned off; `nil` when all are on. ``turn(_:on:)`` keeps it in order.
    public var servicesOff: [IntegrationService]?
    /// The repositories to import, as `api` or `acme/api` without regard to case; `nil` for all.
    public var repositories: [String]?
    /// When it was saved first; `nil` of one that was saved before this was noted.
    public var connectedAt: Date?

    /// Makes settings.
    public init(
      name: String, url: String? = nil, organization: String, otherOrganizations: [String]? = nil,
      snykOrganization: String? = nil, servicesOff: [IntegrationService]? = nil, repositories: [String]? = nil,
      connectedAt: Date? = nil
    ) {
      self.name = name
      self.url = url
      self.organization = organization
      self.otherOrganizations = otherOrganizations
      self.snykOrganization = snykOrganization
      self.servicesOff = servicesOff
      self.repositories = repositories
      self.connectedAt = connectedAt
    }

    /// Every organisation to look at.
    public var organizations: [String] { [organization] + (otherOrganizations ?? []) }

    /// Whether a service is on; all are unless a person turned one off.
    public func isOn(_ service: IntegrationService) -> Bool { servicesOff?.contains(service) != true }

    /// The services that are on.
    public var services: Set<IntegrationService> { Set(IntegrationService.all.filter(isOn)) }

    /// Turns a service on or off.
    ///
    /// Repositories stay on: every other service is about them. See ``IntegrationService/isRequired``.
    public mutating func turn(_ service: IntegrationService, on: Bool) {
      guard !service.isRequired else { return }
      var off = Set(servicesOff ?? [])
      if on { off.remove(service) } else { off.insert(service) }
      servicesOff = off.isEmpty ? nil : off.sorted { $0.rawValue < $1.rawValue }
    }
  }
}
