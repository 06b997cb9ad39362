public import KoalrCodeOwnersParser
public import KoalrDeliveryMetrics
public import KoalrDomain
public import KoalrIntegrationProtocols
public import KoalrStorage

/// Looks once a day whether each repository is owned as its CODEOWNERS file says.
///
/// ```swift
/// let check = OwnershipCheck(store: store, connection: "github", items: gitHub, files: gitHub)
/// while !Task.isCancelled {
///   for found in try await check.runIfDue() ?? [] { print(found.report.score ?? 0, found.opened) }
///   let now = clock.now()
///   try await clock.sleep(for: .seconds(check.schedule.next(after: now).timeIntervalSince(now)))
/// }
/// ```
///
/// A check reads what syncs stored: the newest CODEOWNERS, the commits and merged changes of the window, deployments, teams. It
/// finds drift in both meanings, gaps and health, and stores an `OwnershipReport` for the day and an `OwnershipEvent` for each
/// finding that is not open yet; those that are gone it resolves. What the file's lint and the host find wrong it returns. Rules
/// have changed when they are not those of the last check before the newest time of the schedule, so a second run before the next
/// time finds the same, and stores nothing twice.
///
/// It starts nothing of its own: the host calls it, by ``schedule`` or when it likes. However many times of the schedule passed while
/// the host was down, the next ``runIfDue()`` makes up for them once.
public struct OwnershipCheck: Sendable {
  let store: any Store
  let connection: ConnectionID
  let items: (any ItemSource)?
  let files: (any FileListSource)?
  let dialect: CodeOwnersParser.Dialect?
  let options: Options
  let clock: any WallClock
  /// When it is due.
  public let schedule: DailySchedule

  /// What a check looks at.
  public struct Options: Sendable {
    /// How many days of commits, changes and deployments count.
    public var days: Int
    /// When a rule has drifted.
    public var drift: DriftOptions
    /// Which deployments reach users.
    public var incidentRules: IncidentRules
    /// How many places without owners a report names; the others are counted.
    public var gaps: Int

    /// Makes options. A window needs a day at least.
    public init(
      days: Int = SyncOptions.defaultDays, drift: DriftOptions = DriftOptions(), incidentRules: IncidentRules = IncidentRules(),
      gaps: Int = 100
    ) {
      precondition(
        days > 0 && gaps >= 0, "A check of ownership needs a day to look at, and a number of gaps that is not negative.")
      self.days = days
      self.drift = drift
      self.incidentRules = incidentRules
      self.gaps = gaps
    }
  }

  /// Makes a check of what came through a connection.
  ///
  /// - Parameters:
  ///   - store: Where the records are, and where events and reports go.
  ///   - connection: Whose repositories are checked.
  ///   - items: Where to ask for the CODEOWNERS file again before each check, so that a missed event is noticed; without, the file is
  ///     what the last sync or event saw.
  ///   - files: Where to ask for all files of a repository before each check; without, the files are those that the commits of the
  ///     window leave, so that gaps and dead rules among the others are not seen.
  ///   - dialect: Whose rules apply; `nil` to take what each file shows.
  ///   - schedule: When ``runIfDue()`` has something to do.
  ///   - options: What counts as drift, and how far back.
  ///   - clock: Tells the time.
  public init(
    store: some Store, connection: ConnectionID, items: (any ItemSource)? = nil, files: (any FileListSource)? = nil,
    dialect: CodeOwnersParser.Dialect? = .gitHub, schedule: DailySchedule = DailySchedule(), options: Options = Options(),
    clock: some WallClock = .system
  ) {
    self.store = store
    self.connection = connection
    self.items = items
    self.files = files
    self.dialect = dialect
    self.schedule = schedule
    self.options = options
    self.clock = clock
  }

  /// Checks every repository if a time of the schedule has come since the last whole run; `nil` when none has.
  ///
  /// - Throws: as ``run()``.
  public func runIfDue() async throws -> [OwnershipFindings]? {
    let last = try await store.checkpoint(.ownershipCheck, connection: connection)?.time
    return schedule.isDue(last: last, now: clock.now()) ? try await run() : nil
  }

  /// Checks every repository, by id. Holds one repository's history at a time.
  ///
  /// - Throws: `StoreError`, `CancellationError`; what was checked until then is stored, and the run is still due.
  public func run() async throws -> [OwnershipFindings] {
    let now = clock.now()
    var findings: [OwnershipFindings] = []
    for repository in try await store.all(RecordQuery(Repository.self, connection: connection)) {
      try Task.checkCancellation()
      findings.append(try await check(repository, now: now))
    }
    var batch = StoreBatch(connection: connection)
    batch.checkpoint(SyncCheckpoint(scope: .ownershipCheck, cursor: nil, complete: true, since: nil, time: now))
    try await store.write(batch)
    return findings
  }

  /// Checks one repository; `nil` when the store does not know it.
  ///
  /// - Throws: `StoreError`, `CancellationError`.
  public func run(_ repository: RepositoryID) async throws -> OwnershipFindings? {
    let id = RecordID(unchecked: repository.rawValue)
    guard let repository = try await store.record(Repository.self, id: id, connection: connection) else { return nil }
    return try await check(repository, now: clock.now())
  }
}

/// What a check found about one repository; the report and the events are stored.
public struct OwnershipFindings: Hashable, Sendable {
  /// The report of the day.
  public var report: OwnershipReport
  /// Events that were not open before.
  public var opened: [OwnershipEvent]
  /// Events that were open and still are.
  public var lasting: [OwnershipEvent]
  /// Events that ended.
  public var resolved: [OwnershipEvent]
  /// What there is to mend in the file, by line; what the host finds wrong with it is among it. Nothing where its text is not known.
  /// Dead rules are among it where all files are known.
  public var lint: [CodeOwnersFinding]
  /// Why the file could not be asked for again; `nil` when it was, or nobody was to be asked.
  public var askingFailed: String?
  /// Why the files of the repository could not be listed, so that they are those of the window's commits; `nil` as above.
  public var listingFailed: String?
}

extension SourceID {
  /// The scope of the checkpoint whose time is when the ownership of all repositories was checked last.
  public static let ownershipCheck = SourceID(unchecked: "ownership")
}
