#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The pages on which a person mends what is in the way of a connection.
///
/// Source: docs.github.com, the pages on each setting; the addresses are those its buttons lead to.
struct GitHubPages {
  let web: URL

  /// Where a person's tokens are listed; beside each is its "Configure SSO".
  var classicTokens: String { page("settings/tokens") }
  /// Where a person's fine-grained tokens are changed.
  var fineGrainedTokens: String { page("settings/personal-access-tokens") }
  /// Where a person sees which organisations an OAuth app may read, and grants or requests more.
  func application(_ clientID: String?) -> String {
    page(clientID.map { "settings/connections/applications/\($0)" } ?? "settings/applications")
  }
  /// Where an owner approves OAuth apps.
  func thirdPartyAccess(_ organization: String) -> String {
    page("organizations/\(organization)/settings/oauth_application_policy")
  }
  /// Where an owner decides about personal access tokens.
  func tokenPolicy(_ organization: String) -> String { page("organizations/\(organization)/settings/personal-access-tokens") }
  /// Where an owner changes what an installed app may do.
  func installations(_ organization: String) -> String { page("organizations/\(organization)/settings/installations") }
  /// Where an owner invites people and makes them owners.
  func people(_ organization: String) -> String { page("orgs/\(organization)/people") }
  /// Where a person accepts an invitation.
  func invitation(_ organization: String) -> String { page("orgs/\(organization)/invitation") }
  /// Where an owner sees what repositories there are, to add people to them.
  func repositories(_ organization: String) -> String { page("orgs/\(organization)/repositories") }
  /// Where people look at an organisation.
  func organization(_ organization: String) -> String { page(organization) }

  private func page(_ path: String) -> String { web.appending(path: path).absoluteString }

  /// The address in `X-GitHub-SSO: required; url=…`; good for an hour.
  static func singleSignOn(_ header: String?) -> String? {
    guard let header, header.hasPrefix("required"), let place = header.firstRange(of: "url=") else { return nil }
    let text = String(header[place.upperBound...].prefix { $0 != ";" && $0 != " " })
    guard text.utf8.count <= 2048, let url = URL(string: text), url.scheme == "https", url.user() == nil, url.host() != nil else {
      return nil
    }
    return text
  }
}
