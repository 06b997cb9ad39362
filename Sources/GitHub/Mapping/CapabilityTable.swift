import KoalrDomain

/// What a token can do in an organisation that lets it in, and for each thing it cannot, the one thing to do about it.
struct CapabilityTable {
  let organization: String
  let grant: TokenGrant
  let answer: GraphQLAnswer<OrganizationTestWire>
  /// Whether the list of webhooks could be read; `nil` when it was not tried.
  let readsHooks: Bool?
  /// Where the token's scopes or permissions are changed.
  let tokenPage: String
  /// Where owners are made.
  let peoplePage: String

  /// The table.
  var capabilities: [Capability] {
    [repositories, pullRequests, tickets, checks, deployments, people, webhooks]
  }

  private var probe: OrganizationTestWire.Probe? { answer.data.organization?.repositories?.nodes?.first ?? nil }
  private var hasScopes: Bool { grant.scopes != nil }

  private var repositories: Capability {
    var row = Capability(
      name: "read repositories", available: true, service: .repositories,
      needs: hasScopes ? "repo" : "Metadata: read, Contents: read")
    if grant.allows("repo") == false {
      row.refuse("the token sees only public repositories", step("give it the scope repo"))
    } else if !hasScopes, answer.data.organization?.repositories?.totalCount ?? 0 == 0 {
      row.leaveOpen("the token sees no repository of \(organization)", step("give it access to repositories"))
    }
    return row
  }

  private var pullRequests: Capability {
    part(
      "read pull requests", .pullRequests, "pullRequests", permission: "Pull requests: read",
      isThere: probe?.pullRequests != nil)
  }

  private var tickets: Capability {
    part("read tickets", .tickets, "issues", permission: "Issues: read", isThere: probe?.issues != nil)
  }

  private var checks: Capability {
    part(
      "read checks", .pullRequests, "statusCheckRollup", permission: "Checks: read, Commit statuses: read",
      isThere: probe?.defaultBranchRef?.target != nil)
  }

  private var deployments: Capability {
    part("read deployments", .repositories, "deployments", permission: "Deployments: read", isThere: probe?.deployments != nil)
  }

  // What belongs to repositories: tried on the one that was pushed to last.
  private func part(
    _ name: String, _ service: IntegrationService, _ field: String, permission: String, isThere: Bool
  ) -> Capability {
    var row = Capability(name: name, available: true, service: service, needs: hasScopes ? "repo" : permission)
    if grant.allows("repo") == false {
      row.refuse("the token sees only those of public repositories", step("give it the scope repo"))
    } else if let error = answer.errors.first(where: { $0.passes(field) }) {
      let isPermission = error.type == "FORBIDDEN"
      row.refuse(
        isPermission ? "the token lacks a permission" : error.reason,
        step(hasScopes ? "give it the scope repo" : "give it the permission \(permission)"))
    } else if !hasScopes, !isThere {
      row.leaveOpen("there is no repository to try it on", step("give the token access to one"))
    }
    return row
  }

  private var people: Capability {
    let needs = hasScopes ? "read:org" : "Members: read"
    var row = Capability(name: "read teams and members", available: true, needs: needs)
    if answer.data.people?.teams == nil {
      row.refuse(
        "the token may not see teams and members",
        step(hasScopes ? "give it the scope read:org" : "give it the organisation permission Members: read"))
    }
    return row
  }

  // GitHub wants admin:org_hook of an owner; admin:repo_hook covers single repositories only.
  private var webhooks: Capability {
    var row = Capability(
      name: "receive organisation webhooks", available: true, service: .webhooks,
      needs: hasScopes ? "admin:org_hook, of an owner" : "Webhooks: read and write, of an owner")
    let isOwner = answer.data.organization?.viewerCanAdminister
    if let allowed = grant.allows("admin:org_hook") {
      if isOwner != true {
        row.refuse(ownersOnly, becomeOwner)
      } else if !allowed {
        row.refuse("the token lacks a scope", step("give it admin:org_hook"))
      }
    } else if readsHooks != true {
      row.refuse(
        "the token may not see webhooks", step("give it the organisation permission Webhooks: read and write, as an owner"))
    } else {
      row.leaveOpen("the token may see webhooks; whether it may also register one shows when it does", nil)
    }
    return row
  }

  private var ownersOnly: String { "only owners of \(organization) may register webhooks" }
  private var becomeOwner: String { "use an owner's token, or have the account made an owner: \(peoplePage)" }

  private func step(_ action: String) -> String { "\(action): \(tokenPage)" }
}

extension Capability {
  fileprivate mutating func refuse(_ why: String, _ step: String) {
    (available, reason, nextStep) = (false, why, step)
  }

  fileprivate mutating func leaveOpen(_ why: String, _ step: String?) {
    (available, reason, nextStep) = (nil, why, step)
  }
}
