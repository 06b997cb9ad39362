import KoalrDomain
import KoalrIntegrationProtocols

/// An organisation in Snyk's sense: what holds projects.
struct SnykOrganization: Sendable, Hashable {
  var id: String
  var slug: String?
  var name: String?

  init?(_ wire: OrganizationWire) {
    guard let id = wire.id, !id.isEmpty else { return nil }
    self.id = id
    slug = wire.attributes?.slug
    name = wire.attributes?.name
  }

  /// Whether a person means this one.
  func isCalled(_ text: String) -> Bool {
    [id, slug, name].contains { $0?.lowercased() == text.lowercased() }
  }
}

extension SnykClient {
  /// How many pages of 100 organisations are read.
  private static let mostOrganizationPages = 100

  /// Returns the account behind the token.
  func account() async throws -> SelfWire {
    let answer: SnykItemWire<SelfWire> = try await rest(
      ["self"], query: ["version": Self.version], operation: "check the Snyk token")
    return answer.data
  }

  /// Returns the organisation that is meant: by id, slug or name, else the only one, else the account's default.
  func organization(_ wanted: String?) async throws -> SnykOrganization {
    let operation = "find the Snyk organisation"
    let rows: [OrganizationWire] = try await rows(["orgs"], limit: Self.mostOrganizationPages, operation: operation) {
      ["version": Self.version, "limit": Self.pageSize, "starting_after": $0]
    }
    let visible = rows.compactMap(SnykOrganization.init)
    guard !visible.isEmpty else {
      throw error(
        .forbidden, operation,
        "Snyk accepts the token, which sees no organisation; use one of an account that belongs to the organisation")
    }
    if let wanted {
      guard let found = visible.first(where: { $0.isCalled(wanted) }) else {
        throw error(.notFound, operation, "Snyk shows this token no organisation \"\(wanted)\"; \(Self.names(visible))")
      }
      return found
    }
    guard visible.count > 1 else { return visible[0] }
    let usual = try await account().attributes?.defaultOrgContext
    guard let found = visible.first(where: { $0.id == usual }) else {
      throw error(
        .misconfigured, operation, "Snyk shows this token several organisations; name one of them: \(Self.names(visible))")
    }
    return found
  }

  private static func names(_ visible: [SnykOrganization]) -> String {
    let shown = visible.prefix(10).map { $0.slug ?? $0.id }.joined(separator: ", ")
    return "it sees \(shown)" + (visible.count > 10 ? " and \(visible.count - 10) more" : "")
  }
}
