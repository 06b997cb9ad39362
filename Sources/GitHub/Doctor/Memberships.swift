import KoalrDomain
import KoalrHTTPTransport

/// The organisations that an account says it belongs to.
struct Memberships: Sendable {
  /// What the account is in one of them.
  struct Place: Sendable {
    var role: OrganizationAccess.Role?
    var isPending: Bool
  }

  /// By name, in lower case.
  private var places: [String: Place] = [:]
  /// Whether an organisation that is not listed is none of the account's.
  private var isWhole = false
  /// How many organisations single sign-on keeps from the list.
  private(set) var hidden = 0

  /// Nothing is known.
  init() {}

  /// Reads the list; without the right to it, or when the answer is no list, nothing is known.
  init(_ response: HTTPResponse) {
    guard response.status == 200,
      let list = try? response.json([Lossy<MembershipWire>].self, service: .gitHub, operation: "list the account's organisations")
    else { return }
    for wire in list {
      guard let membership = wire.value, let name = membership.organization?.login else { continue }
      places[name.lowercased()] = Place(
        role: membership.role.map(OrganizationAccess.Role.init), isPending: membership.state == "pending")
    }
    if let header = response.headers["X-GitHub-SSO"], header.hasPrefix("partial-results") {
      hidden = header.split(separator: "=").last?.split(separator: ",").count ?? 0
    }
    isWhole = hidden == 0 && response.headers["Link"]?.contains("rel=\"next\"") != true
  }

  /// What the account is in an organisation; `nil` when that is not known.
  subscript(organization: String) -> Place? {
    places[organization.lowercased()] ?? (isWhole ? Place(role: OrganizationAccess.Role.none, isPending: false) : nil)
  }
}
