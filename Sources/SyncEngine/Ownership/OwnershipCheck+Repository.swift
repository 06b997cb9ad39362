import KoalrCodeOwnersParser
import KoalrDeliveryMetrics
import KoalrDomain
import KoalrIntegrationProtocols
import KoalrRiskModel
import KoalrStorage

extension OwnershipCheck {
  func check(_ repository: Repository, now: Date) async throws -> OwnershipFindings {
    let failure = try await askAgain(repository, now: now)
    let listing = try await list(repository)
    let version = try await ownership.newestVersion(of: repository.id)
    let rules = try await ownership.rules(of: repository.id, at: max(now, version?.seenAt ?? now))
    let window = ContributionWindow(until: now, days: Double(options.days))
    let work = try await StoredWork(of: repository, in: window, files: listing.paths, check: self)
    let measured = MeasuredOwnership(rules: rules, work: work, options: options)
    var found = measured.drift?.events.map { OwnershipEvent($0, in: repository.id, at: now) } ?? []
    if let change = try await changeOfRules(of: repository, to: version, work: work, now: now) {
      found.append(OwnershipEvent(change.comparison, path: change.path, in: repository.id, at: now))
    }
    let open = try await ownership.openEvents(of: repository.id)
    let ledger = OwnershipLedger(open: open, found: found, now: now) { measured.isUndecided($0) }
    let report = OwnershipReport(measured, of: repository.id, file: version?.file, window: window, gaps: options.gaps)
    var batch = StoreBatch(connection: connection)
    batch.upsert(report)
    batch.upsert(ledger.opened + ledger.lasting + ledger.resolved)
    try await store.write(batch)
    return OwnershipFindings(
      report: report, opened: ledger.opened, lasting: ledger.lasting, resolved: ledger.resolved,
      lint: try await lint(rules.value ?? nil, version?.file, of: repository, listing.paths, work.directory),
      askingFailed: failure, listingFailed: listing.failure)
  }

  private var ownership: StoredOwnership { StoredOwnership(store: store, connection: connection, dialect: dialect) }

  /// Asks for all files; `nil` where nobody is to be asked or it did not work, and why.
  private func list(_ repository: Repository) async throws -> (paths: [String]?, failure: String?) {
    guard let files else { return (nil, nil) }
    do {
      guard let paths = try await files.paths(of: repository) else { return (nil, "The code host does not list all files.") }
      return (paths, nil)
    } catch let error as IntegrationError {
      return (nil, error.description)
    }
  }

  private func lint(
    _ rules: CodeOwnersFile?, _ file: CodeOwnersVersion.File?, of repository: Repository, _ paths: [String]?,
    _ directory: OwnerDirectory
  ) async throws -> [CodeOwnersFinding] {
    guard let rules, let file else { return [] }
    let query = RecordQuery(CodeOwnersSnapshot.self, connection: connection, repository: repository.id, limit: 1)
    let snapshot = try await store.page(query).records.first?.value
    let errors = snapshot?.sha == file.sha ? snapshot?.errors : nil
    return CodeOwnersLint.findings(in: rules, path: file.path, paths: paths, directory: directory, hostErrors: errors)
  }

  /// Asks the host for the file as it is now; returns why that did not work.
  private func askAgain(_ repository: Repository, now: Date) async throws -> String? {
    guard let items else { return nil }
    do {
      let answer = try await items.repositories(again: [repository.id]).first { $0.id.rawValue == repository.id.rawValue }
      switch answer?.result {
      case nil: return "The code host did not answer."
      case .failure(let error): return error.description
      case .success(nil): return "The repository is gone."
      case .success(let found?):
        if case .unknown(let why) = found.codeOwners { return why }
        var batch = StoreBatch(connection: connection)
        try await batch.keep(found.codeOwners, of: repository.id, seenAt: now, in: store)
        try await store.write(batch)
        return nil
      }
    } catch let error as IntegrationError {
      return error.description
    }
  }

  /// How the file differs from the one that the last check used; `nil` when it does not, or there was no check.
  private func changeOfRules(
    of repository: Repository, to newest: CodeOwnersVersion?, work: StoredWork, now: Date
  ) async throws -> (comparison: OwnershipComparison, path: String)? {
    let reports = RecordQuery(
      OwnershipReport.self, connection: connection, repository: repository.id,
      times: .distantPast..<schedule.latest(notAfter: now), newestFirst: true, limit: 1)
    guard let newest, let last = try await store.page(reports).records.first?.value,
      last.codeOwnersSHA != newest.file?.sha || last.codeOwnersPath != newest.file?.path,
      let before = try await ownership.rules(of: repository.id, at: last.checkedAt).value,
      let after = try await ownership.rules(of: repository.id, at: newest.seenAt).value
    else { return nil }
    let none = CodeOwnersParser(dialect: (after ?? before)?.dialect ?? .gitHub).parse("")
    let comparison = OwnershipComparison(from: before ?? none, to: after ?? none, paths: work.paths)
    guard !comparison.isEmpty, let path = newest.file?.path ?? last.codeOwnersPath else { return nil }
    return (comparison, path)
  }
}
