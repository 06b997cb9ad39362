import KoalrDomain

/// Why a connection that was made a while ago has brought no repository: every reason that can be told from what is stored.
struct MissingRepositories {
  let connection: Connection
  let state: Connection.Status
  let lastSync: ConnectionStatus.LastSync?

  typealias Cause = ConnectionStatus.Cause

  /// The reasons, the first to mend first.
  var causes: [Cause] {
    let access = organizations
    let found = (access.isEmpty ? credential : access) + permissions + choice + sync
    return found.isEmpty ? [empty] : found
  }

  private var credential: [Cause] {
    state == .failed ? [Cause(.credential, reason: connection.message ?? "the credential was refused")] : []
  }

  private var organizations: [Cause] {
    (connection.organizationAccess ?? []).compactMap { access in
      let kind: Cause.Kind
      switch access.state {
      case .granted, .unknown: return nil
      case .singleSignOnRequired: kind = .singleSignOn
      case .appRestricted: kind = .appRestriction
      case .notVisible, .refused: kind = .organization
      }
      return Cause(
        kind, reason: "\(access.name): \(access.remedy?.reason ?? "it does not let the credential in")",
        nextStep: access.remedy?.nextStep)
    }
  }

  private var permissions: [Cause] {
    let granted = (connection.organizationAccess ?? []).filter { $0.state == .granted }
    let hidden = granted.filter { $0.hiddenRepositories ?? 0 > 0 }.compactMap { access in
      access.remedy.map { Cause(.permissions, reason: "\(access.name): \($0.reason)", nextStep: $0.nextStep) }
    }
    let names = Set(granted.map(\.name))
    let refused = connection.capabilities.filter { row in
      row.service == .repositories && row.available != true && (row.organization.map(names.contains) ?? true)
    }
    return hidden
      + refused.prefix(1).map { row in
        Cause(.permissions, reason: "cannot \(row.name): \(row.reason ?? "it was refused")", nextStep: row.nextStep)
      }
  }

  private var choice: [Cause] {
    guard let chosen = connection.settings?.repositories, !chosen.isEmpty,
      lastSync?.state == .complete || lastSync?.state == .incomplete
    else { return [] }
    let listed = chosen.prefix(5).joined(separator: ", ") + (chosen.count > 5 ? " …" : "")
    return [
      Cause(
        .choice, reason: "only \(chosen.count) chosen repositor\(chosen.count == 1 ? "y is" : "ies are") imported: \(listed)",
        nextStep: "check the names, or import all")
    ]
  }

  private var sync: [Cause] {
    switch lastSync?.state {
    case nil: [Cause(.syncNotStarted, reason: "no sync has been started", nextStep: "start one")]
    case .running?: [Cause(.syncRunning, reason: "a sync is running and has found none yet", nextStep: "wait for its end")]
    case .interrupted?:
      [Cause(.syncFailed, reason: "the last sync did not come to its end", nextStep: "start it again: it goes on where it was")]
    case .incomplete?:
      [Cause(.syncFailed, reason: "the last sync could not read everything", nextStep: "start it again and read what it reports")]
    case .complete?: []
    }
  }

  private var empty: Cause {
    let who = connection.account ?? "the account"
    return Cause(
      .emptyOrganization,
      reason: "\(connection.organizations.joined(separator: ", ")) has no repository, or none that \(who) may see",
      nextStep: "have \(who) added to the repositories that should be here")
  }
}
