import KoalrDomain

/// What a token can do in an organisation, and for each thing it cannot, the one thing to do about it.
struct CapabilityTable {
  let organization: String
  let grant: TokenGrant
  let answer: GraphQLAnswer<OrganizationTestWire>
  /// Whether the list of webhooks could be read; `nil` when it was not tried.
  let readsHooks: Bool?

  /// The table.
  var capabilities: [Capability] { [repositories, pullRequests, teams, webhooks] }

  private var repositories: Capability {
    let name = "read repositories"
    if grant.allows("repo") == false {
      return Capability(name: name, available: false, reason: "the token sees only public repositories; give it the scope repo")
    }
    if grant.scopes == nil, answer.data.organization?.repositories?.totalCount ?? 0 == 0 {
      let reason = "the token sees no repository of \(organization); give it access to repositories"
      return Capability(name: name, available: nil, reason: reason)
    }
    return Capability(name: name, available: true)
  }

  private var pullRequests: Capability {
    let name = "read pull requests"
    if grant.allows("repo") == false {
      let reason = "the token sees only those of public repositories; give it the scope repo"
      return Capability(name: name, available: false, reason: reason)
    }
    if answer.errors.contains(where: { $0.passes("pullRequests") }) {
      return Capability(name: name, available: false, reason: "give the token the permission Pull requests: read")
    }
    let probe = answer.data.organization?.repositories?.nodes?.first ?? nil
    guard grant.scopes != nil || probe != nil else {
      return Capability(name: name, available: nil, reason: "there is no repository to try it on; give the token access to one")
    }
    return Capability(name: name, available: true)
  }

  private var teams: Capability {
    let name = "read organisation teams"
    guard answer.data.people?.teams == nil else { return Capability(name: name, available: true) }
    let remedy = grant.scopes == nil ? "the organisation permission Members: read" : "the scope read:org"
    return Capability(name: name, available: false, reason: "the token may not see teams and members; give it \(remedy)")
  }

  // GitHub wants admin:org_hook of an owner; admin:repo_hook covers single repositories only.
  private var webhooks: Capability {
    let name = "receive organisation webhooks"
    guard let allowed = grant.allows("admin:org_hook") else { return webhooksByPermission(name) }
    guard answer.data.organization?.viewerCanAdminister == true else {
      let reason = "only owners of \(organization) may register webhooks; use an owner's token"
      return Capability(name: name, available: false, reason: reason)
    }
    return allowed
      ? Capability(name: name, available: true)
      : Capability(name: name, available: false, reason: "the token lacks a scope; give it admin:org_hook")
  }

  private func webhooksByPermission(_ name: String) -> Capability {
    guard readsHooks == true else {
      let reason = "the token may not see webhooks; give it the organisation permission Webhooks: read and write"
      return Capability(name: name, available: false, reason: reason)
    }
    let reason = "the token may see webhooks; whether it may also register one shows when it does"
    return Capability(name: name, available: nil, reason: reason)
  }
}
