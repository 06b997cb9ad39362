import KoalrDomain

/// Puts what GitHub answered into the words of a diagnosis: pure, so that each token's diagnosis can be tried without a server.
struct DiagnosisReport {
  let id: ConnectionID
  let host: GitHubHost
  let organizations: [String]
  let form: TokenForm
  let examination: Examination
  let now: Date

  /// How soon an expiry is worth a note, in days.
  private static let daysOfWarning = 14.0

  private var pages: GitHubPages { GitHubPages(web: host.web) }
  private var grant: TokenGrant { examination.grant }

  /// The diagnosis.
  var diagnosis: ConnectionDiagnosis {
    guard let account else { return refused }
    let accesses = examination.visits.map { access($0, account) }
    let granted = accesses.filter { $0.state == .granted }
    let rows = zip(examination.visits, accesses).flatMap(rows)
    let isWhole = granted.count == accesses.count && rows.allSatisfy { $0.available != false }
    var diagnosis = self.diagnosis(granted.isEmpty ? .failed : isWhole ? .connected : .degraded, account)
    diagnosis.message = granted.isEmpty ? refusal(accesses) : "Successfully connected via \(account.name)"
    diagnosis.organizations = accesses
    diagnosis.capabilities = rows
    diagnosis.notes = notes
    return diagnosis
  }

  private var refused: ConnectionDiagnosis {
    var diagnosis = self.diagnosis(.failed, nil)
    if case .nobody(let reason) = examination.caller { diagnosis.message = reason }
    diagnosis.credential.complaint = form.complaint
    diagnosis.organizations = organizations.map { OrganizationAccess(name: $0, state: .unknown) }
    return diagnosis
  }

  private func diagnosis(_ status: Connection.Status, _ account: ConnectionDiagnosis.Account?) -> ConnectionDiagnosis {
    ConnectionDiagnosis(
      id: id, service: .gitHub, status: status, message: Advice.deadToken, account: account, credential: grant.credential(form),
      server: server, testedAt: now)
  }

  private var server: ConnectionDiagnosis.Server {
    let version = examination.serverVersion.map { " \($0)" } ?? ""
    return ConnectionDiagnosis.Server(
      web: host.web.absoluteString, api: host.api.absoluteString, product: host.product + version,
      apiVersion: examination.apiVersion)
  }

  private var account: ConnectionDiagnosis.Account? {
    switch examination.caller {
    case .user(let login): return .init(name: login, isUser: true)
    case .installation(let owner):
      let seen = examination.visits.first { $0.refusal == nil }
      let name = owner ?? seen?.details?.login ?? seen?.name ?? organizations.first ?? ""
      return .init(name: name, isUser: false, app: seen?.answer?.data.viewer?.login)
    case .nobody: return nil
    }
  }

  private func access(_ visit: OrganizationVisit, _ account: ConnectionDiagnosis.Account) -> OrganizationAccess {
    let kind = account.isUser ? grant.kind(form) : .installation
    let remedies = OrganizationRemedy(pages: pages, grant: grant, kind: kind, account: account)
    let place = examination.memberships[visit.name]
    let name = visit.details?.login ?? visit.name
    // What everybody may see of an organisation is not what an app was installed for.
    let isElsewhere = !account.isUser && account.name.lowercased() != name.lowercased()
    if let refusal = isElsewhere ? .init(state: .notVisible, reason: Advice.notFound) : visit.refusal {
      return OrganizationAccess(
        name: name, state: refusal.state, isPending: place?.isPending ?? false, remedy: remedies.remedy(refusal, of: name))
    }
    let isOwner = visit.answer?.data.organization?.viewerCanAdminister == true && account.isUser
    var access = OrganizationAccess(
      name: name, state: .granted, role: account.isUser ? place?.role ?? (isOwner ? .admin : nil) : nil,
      isPending: place?.isPending ?? false, visibleRepositories: visit.visible, allRepositories: visit.total)
    access.remedy = remedies.remedy(access)
    return access
  }

  private func rows(_ visit: OrganizationVisit, _ access: OrganizationAccess) -> [Capability] {
    let isOnly = examination.visits.count == 1
    guard access.state == .granted, let answer = visit.answer else {
      guard !isOnly else { return [] }
      return [
        Capability(
          name: "read repositories", available: false, reason: access.remedy?.reason, organization: access.name,
          service: .repositories, nextStep: access.remedy?.nextStep)
      ]
    }
    let kind = grant.kind(form)
    let remedy = OrganizationRemedy(
      pages: pages, grant: grant, kind: kind, account: .init(name: "", isUser: kind != .installation))
    let table = CapabilityTable(
      organization: access.name, grant: grant, answer: answer, readsHooks: visit.readsHooks,
      tokenPage: remedy.tokenPage(access.name), peoplePage: pages.people(access.name))
    return table.capabilities.map { row in
      var row = row
      row.organization = isOnly ? nil : access.name
      return row
    }
  }

  // Without the address: this sentence is stored and shown in lists, and one for single sign-on is good for an hour.
  private func refusal(_ accesses: [OrganizationAccess]) -> String {
    accesses.map { access in
      let why = access.remedy.map { "\($0.reason); \($0.action)" } ?? Advice.notFound
      return "the organisation \(access.name): \(why)"
    }.joined(separator: ". ")
  }

  private var notes: [String] {
    var notes: [String] = []
    if let time = grant.expiresAt, time.timeIntervalSince(now) < Self.daysOfWarning * 86_400 {
      notes.append("The token stops working on \(ISO8601Time.day(time)); put a new one in its place before.")
    }
    let hidden = examination.memberships.hidden
    if hidden > 0 {
      notes.append(
        "\(hidden) organisation\(hidden == 1 ? "" : "s") of the account stay\(hidden == 1 ? "s" : "") hidden until the token is "
          + "authorised for single sign-on there: \(pages.classicTokens)")
    }
    return notes
  }
}
