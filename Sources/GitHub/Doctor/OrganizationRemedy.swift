import KoalrDomain

/// What keeps a token from an organisation or a part of it, who can mend that, and where.
struct OrganizationRemedy {
  let pages: GitHubPages
  let grant: TokenGrant
  let kind: ConnectionDiagnosis.Credential.Kind?
  let account: ConnectionDiagnosis.Account

  typealias Remedy = OrganizationAccess.Remedy

  /// What to do when the organisation does not let the token in.
  func remedy(_ refusal: OrganizationVisit.Refusal, of name: String) -> Remedy {
    switch refusal.state {
    case .singleSignOnRequired: singleSignOn(refusal.page)
    case .appRestricted:
      Remedy(
        who: .owner, reason: "the organisation restricts OAuth apps, and an owner must approve this app",
        action: "press Grant beside \(name) as its owner, or Request as a member, so that an owner is asked",
        page: pages.application(grant.clientID))
    case .notVisible: invisible(name)
    default:
      Remedy(
        who: .account, reason: refusal.reason, action: "change what the token may do, or make a new one", page: tokenPage(name))
    }
  }

  /// What to do when it does, and something is missing all the same; `nil` when nothing is.
  func remedy(_ access: OrganizationAccess) -> Remedy? {
    let name = access.name
    if access.isPending {
      return Remedy(
        who: .account, reason: "\(account.name) was invited to \(name) and has not accepted", action: "accept the invitation",
        page: pages.invitation(name))
    }
    if access.role == OrganizationAccess.Role.none {
      return Remedy(
        who: .owner, reason: "\(account.name) is no member of \(name) and sees only what is public or shared",
        action: "ask an owner of \(name) to invite \(account.name)", page: pages.people(name))
    }
    guard let hidden = access.hiddenRepositories, hidden > 0, let all = access.allRepositories else { return nil }
    return missing("\(hidden) of \(all) repositories are hidden", name)
  }

  private func missing(_ fact: String, _ name: String) -> Remedy {
    if grant.allows("repo") == false {
      return Remedy(
        who: .account, reason: "\(fact): the token sees only public ones", action: "give the token the scope repo",
        page: tokenPage(name))
    }
    switch kind {
    case .fineGrainedToken?:
      return Remedy(
        who: .account, reason: "\(fact): the token is limited to others", action: "give the token access to all repositories",
        page: pages.fineGrainedTokens)
    case .installation?:
      return Remedy(
        who: .owner, reason: "\(fact): the app is installed on others",
        action: "ask an owner of \(name) to give the app all repositories", page: pages.installations(name))
    default:
      return Remedy(
        who: .owner, reason: "\(fact): \(account.name) was not added to them",
        action: "ask an owner of \(name) to add \(account.name) to each private repository", page: pages.repositories(name))
    }
  }

  private func singleSignOn(_ page: String?) -> Remedy {
    let reason = "the organisation requires single sign-on"
    switch kind {
    case .oauth?, .appUser?:
      return Remedy(
        who: .account, reason: reason, action: "sign in there, authorise the token for SSO, and connect again",
        page: page ?? pages.application(grant.clientID))
    default:
      return Remedy(
        who: .account, reason: reason,
        action: "authorise the token for SSO in GitHub's settings (Configure SSO beside the token)",
        page: page ?? pages.classicTokens)
    }
  }

  private func invisible(_ name: String) -> Remedy {
    let reason = "it does not exist or the token may not see it"
    switch kind {
    case .installation?:
      return Remedy(
        who: .owner, reason: "the app is not installed there, or there is no such organisation",
        action: "check the name, and ask an owner of \(name) to install the app", page: pages.organization(name))
    case .fineGrainedToken?:
      return Remedy(
        who: .account, reason: reason, action: "check the name, and make the token with \(name) as its resource owner",
        page: pages.fineGrainedTokens)
    case .oauth?:
      return Remedy(
        who: .owner, reason: reason, action: "check the name, and press Grant or Request beside \(name)",
        page: pages.application(grant.clientID))
    default:
      return Remedy(
        who: .owner, reason: reason, action: "check the name, and ask an owner of \(name) to let \(account.name) in",
        page: pages.people(name))
    }
  }

  /// Where what the token may do is changed.
  func tokenPage(_ name: String) -> String {
    switch kind {
    case .fineGrainedToken?: pages.fineGrainedTokens
    case .installation?: pages.installations(name)
    case .oauth?, .appUser?: pages.application(grant.clientID)
    default: pages.classicTokens
    }
  }
}
