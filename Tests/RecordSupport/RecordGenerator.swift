package import KoalrCore

/// The domain's `Issue`, where `Testing` has one of its own.
package typealias Ticket = Issue

/// Makes records from a seed, with every optional part now there and now not, or all of them, or none.
package struct RecordGenerator {
  /// How many of the optional parts there are; lists have elements when all are.
  package enum Presence: CaseIterable, Sendable {
    case none, some, all
  }

  private var state: UInt64
  private let presence: Presence
  private let times: Range<Int>

  /// The number of kinds.
  package static let kinds = 23

  /// - Parameter times: Between which times everything happens, in milliseconds since 1970.
  package init(
    seed: UInt64, presence: Presence = .some, times: Range<Int> = -100_000_000_000..<2_000_000_000_000
  ) {
    state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    self.presence = presence
    self.times = times
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  package mutating func number(_ range: Range<Int>) -> Int { range.lowerBound + Int(next() % UInt64(range.count)) }
  package mutating func flag() -> Bool { next() & 1 == 0 }
  package mutating func maybe<Value>(_ make: (inout Self) -> Value) -> Value? {
    switch presence {
    case .none: nil
    case .some: flag() ? make(&self) : nil
    case .all: make(&self)
    }
  }
  package mutating func list<Value>(_ make: (inout Self) -> Value) -> [Value] {
    (0..<number(presence == .all ? 1..<4 : 0..<4)).map { _ in make(&self) }
  }
  package mutating func pick<Value>(_ values: [Value]) -> Value { values[number(0..<values.count)] }

  package mutating func text() -> String {
    let pieces = ["plain", " ", "a/b", "\"", "\\", "\n", "\t", "\u{1}", "é", "e\u{301}", "日本", "🐨", "\u{2028}", "</script>", ""]
    return (0..<number(0..<6)).map { _ in pick(pieces) }.joined()
  }

  package mutating func time() -> Date { Date(timeIntervalSince1970: Double(number(times)) / 1000) }
  package mutating func sha() -> CommitID { CommitID(unchecked: String((0..<40).map { _ in pick(Array("0123456789abcdef")) })) }
  package mutating func login() -> Login { Login(unchecked: pick(["ann", "bob", "robot[bot]", "zoë"])) }
  package mutating func repository() -> RepositoryID { RepositoryID(unchecked: "R_\(number(0..<8))") }
  package mutating func id(_ prefix: String) -> SourceID { SourceID(unchecked: "\(prefix)_\(number(0..<1000))") }
  package mutating func percent() -> Double { Double(number(0..<1_000_000)) / Double(number(1..<10_000)) }

  package mutating func file() -> ChangedFile {
    ChangedFile(
      path: "src/" + text(), previousPath: maybe { $0.text() }, status: pick([.added, .modified, .removed, .renamed]),
      additions: maybe { $0.number(0..<500) }, deletions: maybe { $0.number(0..<500) })
  }

  package mutating func change() -> Change {
    let number = maybe { $0.number(1..<500) }
    return Change(
      id: ChangeID(unchecked: "PR_\(self.number(0..<300))"), repositoryID: repository(), number: number, title: text(),
      state: pick([.open, .merged, .closed]), author: maybe { $0.login() }, authorName: maybe { $0.text() },
      authorEmail: maybe { $0.text() }, createdAt: maybe { $0.time() }, updatedAt: time(), mergedAt: maybe { $0.time() },
      closedAt: maybe { $0.time() }, headSHA: maybe { $0.sha() }, baseSHA: maybe { $0.sha() }, mergeSHA: maybe { $0.sha() },
      baseBranch: maybe { $0.text() }, headBranch: maybe { $0.text() }, fromFork: maybe { $0.flag() }, draft: flag(),
      additions: maybe { $0.number(0..<9) },
      deletions: maybe { $0.number(0..<9) },
      changedFiles: maybe { $0.number(0..<9) }, commentCount: maybe { $0.number(0..<9) },
      labels: maybe { $0.list { $0.text() } }, files: maybe { $0.list { $0.file() } },
      reviews: maybe {
        $0.list {
          Review(
            id: $0.id("V"), author: $0.maybe { $0.login() }, state: $0.pick([.approved, .pending]),
            submittedAt: $0.maybe { $0.time() })
        }
      },
      comments: maybe {
        $0.list { Comment(id: $0.id("C"), author: $0.maybe { $0.login() }, createdAt: $0.time(), path: $0.maybe { $0.text() }) }
      },
      checks: maybe {
        $0.list { Check(name: $0.text(), conclusion: $0.maybe { $0.text() }, completedAt: $0.maybe { $0.time() }) }
      })
  }

  package mutating func finding() -> Finding {
    Finding(
      projectID: id("P"), issueID: id("I"), issueKey: text(), repositoryID: maybe { $0.repository() },
      targetFile: maybe { $0.text() }, type: "package_vulnerability", title: text(), package: maybe { $0.text() },
      version: maybe { $0.text() }, severity: maybe { $0.pick(Severity.allCases) }, status: pick([.open, .resolved]),
      ignored: flag(), fixedIn: maybe { $0.text() }, fixAvailable: maybe { $0.flag() }, createdAt: maybe { $0.time() },
      updatedAt: maybe { $0.time() }, resolvedAt: maybe { $0.time() })
  }

  package mutating func dependencies() -> ChangeDependencies {
    ChangeDependencies(
      changeID: ChangeID(unchecked: "PR_\(number(0..<300))"), repositoryID: repository(), baseSHA: sha(), headSHA: sha(),
      changes: list {
        DependencyChange(
          manifest: $0.maybe { $0.text() }, kind: $0.pick([.added, .removed]),
          package: Package(ecosystem: $0.maybe { $0.text() }, name: $0.text(), version: $0.maybe { $0.text() }),
          license: $0.maybe { $0.text() },
          vulnerabilities: $0.list { KnownVulnerability(id: $0.text(), severity: $0.maybe { $0.pick(Severity.allCases) }) })
      })
  }

  package mutating func ownershipEvent() -> OwnershipEvent {
    OwnershipEvent(
      repositoryID: repository(), type: pick([.rulesChanged, .ownersDrifted]), subject: text(), section: maybe { $0.text() },
      line: maybe { $0.number(1..<9) }, severity: maybe { $0.pick(Severity.allCases) }, message: text(),
      declaredOwners: list { $0.text() },
      contributors: list { OwnershipEvent.Contributor(name: $0.text(), share: $0.percent()) }, paths: list { $0.text() },
      pathCount: number(0..<9), openedAt: time(), seenAt: time(), resolvedAt: maybe { $0.time() })
  }

  package mutating func ownershipReport() -> OwnershipReport {
    OwnershipReport(
      repositoryID: repository(), checkedAt: time(), since: time(), codeOwnersPath: maybe { $0.text() },
      codeOwnersSHA: maybe { $0.sha() }, score: maybe { $0.number(0..<101) }, letter: maybe { $0.text() },
      parts: list { FactorContribution(key: $0.text(), points: $0.number(0..<20), maximum: 20, reason: $0.text()) },
      missing: list { MissingFactor(key: $0.text(), reason: $0.text()) }, evidenceShare: percent(), files: number(0..<99),
      gaps: list { gap in
        OwnershipReport.Gap(
          path: gap.text(), files: gap.number(1..<9), commits: gap.number(0..<9), deployments: gap.maybe { $0.number(0..<9) })
      }, gapCount: number(0..<9), driftCount: number(0..<9))
  }

  package mutating func totals() -> CoverageTotals { CoverageTotals(hits: number(0..<90), lines: number(0..<3) * 45) }

  package mutating func total() -> ActivitySummary.Total { ActivitySummary.Total(sum: number(0..<9000), count: number(1..<9)) }

  package mutating func activity() -> ActivitySummary {
    var summary = ActivitySummary(repositoryID: maybe { $0.repository() }, day: ISO8601Time.day(time()))
    summary.mergedChanges = maybe { $0.number(0..<9) }
    summary.linesAdded = maybe { $0.total() }
    summary.leadTime = maybe { $0.total() }
    summary.deployments = maybe { $0.list { .init(environment: $0.text(), count: $0.number(0..<9), failed: $0.number(0..<9)) } }
    summary.incidents = maybe { $0.list { .init(source: $0.pick([.issue, .revert]), timeToRestore: $0.total()) } }
    summary.assessments = maybe {
      $0.list {
        .init(
          model: $0.text(), band: $0.maybe { $0.pick(RiskBand.allCases) }, count: $0.number(0..<9), score: $0.maybe { $0.total() }
        )
      }
    }
    for _ in 0..<number(0..<4) { _ = summary.counted.insert(text()) }
    return summary
  }

  package mutating func assessment() -> RiskAssessment {
    let change = ChangeID(unchecked: "PR_\(number(0..<300))")
    return RiskAssessment(
      model: "seven-factor-v1", subject: flag() ? .change(change) : .repository(repository()), repositoryID: repository(),
      score: maybe { $0.number(0..<101) }, band: maybe { $0.pick(RiskBand.allCases) },
      factors: list { FactorContribution(key: $0.text(), points: $0.number(0..<20), maximum: 20, reason: $0.text()) },
      missing: list { MissingFactor(key: $0.text(), reason: $0.text()) }, evidenceShare: percent(), asOf: time(),
      scoredChanges: maybe { $0.number(0..<9) }, knownChanges: maybe { $0.number(0..<9) })
  }
}

extension RecordGenerator {
  /// One record of a kind, by the position of the kind in an export.
  package mutating func record(_ kind: Int) -> any StoredRecord {
    switch kind {
    case 0:
      Connection(
        id: ConnectionID(unchecked: pick(["github", "codecov", "snyk"])), service: .gitHub, organization: maybe { $0.text() },
        otherOrganizations: maybe { $0.list { $0.text() } }, account: maybe { $0.text() },
        status: pick([.connected, .degraded, .failed]), message: maybe { $0.text() },
        capabilities: list { capability in
          Capability(
            name: capability.text(), available: capability.maybe { $0.flag() }, reason: capability.maybe { $0.text() },
            organization: capability.maybe { $0.text() }, service: capability.maybe { $0.pick(IntegrationService.all) },
            needs: capability.maybe { $0.text() }, nextStep: capability.maybe { $0.text() })
        },
        organizationAccess: maybe { $0.list { $0.access() } },
        testedAt: maybe { $0.time() }, credentialExpiresAt: maybe { $0.time() },
        settings: maybe { settings in
          Connection.Settings(
            name: settings.text(), url: settings.maybe { _ in "https://host.example" }, organization: settings.text(),
            otherOrganizations: settings.maybe { $0.list { $0.text() } }, snykOrganization: settings.maybe { $0.text() },
            servicesOff: settings.maybe { _ in [.tickets] }, repositories: settings.maybe { $0.list { $0.text() } },
            connectedAt: settings.maybe { $0.time() })
        })
    case 1:
      // Two of eight repositories share a name, as after a deletion.
      Repository(
        id: repository(), name: RepositoryName(unchecked: "acme/r\(number(0..<7))"), defaultBranch: maybe { $0.text() },
        headSHA: maybe { $0.sha() }, archived: flag(), fork: flag(), visibility: pick([.public, .private, .internal]),
        language: maybe { $0.text() }, createdAt: maybe { $0.time() }, pushedAt: maybe { $0.time() },
        cloneURL: maybe { _ in "https://host.example/acme/api.git" }, newestChangeAt: maybe { $0.time() },
        newestDeploymentAt: maybe { $0.time() }, newestDeploymentUpdateAt: maybe { $0.time() },
        newestIssueAt: maybe { $0.time() })
    case 2: change()
    case 3:
      Commit(
        sha: sha(), repositoryID: repository(), author: maybe { $0.login() }, authorName: text(), authorEmail: text(),
        committedAt: time(), parents: list { $0.sha() }, subject: text(), reverts: maybe { $0.sha() },
        files: maybe { $0.list { $0.file() } })
    case 4:
      CodeOwnersSnapshot(
        repositoryID: repository(), path: "CODEOWNERS", sha: sha(), text: maybe { $0.text() },
        errors: maybe {
          $0.list {
            CodeOwnersError(
              line: $0.number(1..<9), column: $0.maybe { $0.number(1..<9) }, kind: $0.text(), suggestion: $0.maybe { $0.text() })
          }
        })
    case 5:
      Deployment(
        id: id("D"), repositoryID: repository(), environment: text(), sha: sha(), createdAt: time(), updatedAt: time(),
        statuses: list { DeploymentStatus(state: $0.pick([.success, .inProgress]), createdAt: $0.time()) })
    case 6:
      Issue(
        id: id("IS"), repositoryID: repository(), number: number(1..<50), state: pick([.open, .closed]), title: text(),
        author: maybe { $0.login() }, createdAt: time(), updatedAt: time(), closedAt: maybe { $0.time() },
        labels: list { $0.text() }, commentCount: maybe { $0.number(0..<9) }, mentions: maybe { $0.list { $0.text() } })
    case 7:
      Incident(
        id: IncidentID(source: pick([.deployment, .issue, .revert]), id: id("X").rawValue),
        repositoryID: maybe { $0.repository() }, title: text(), startedAt: time(), resolvedAt: maybe { $0.time() },
        confidence: percent(), causeSHA: maybe { $0.sha() },
        sameAs: maybe { IncidentID(source: .issue, id: $0.id("X").rawValue) },
        combinedConfidence: maybe { $0.percent() })
    case 8:
      Team(
        id: id("T"), organization: "acme", slug: "team-\(number(0..<50))", name: text(), parent: maybe { $0.text() },
        members: list { $0.login() })
    case 9:
      Contributor(id: id("U"), login: login(), name: maybe { $0.text() }, email: maybe { $0.text() }, teams: list { $0.text() })
    case 10:
      RepositoryCoverage(
        repositoryID: repository(), sha: sha(), hits: maybe { $0.number(0..<9) }, lines: maybe { $0.number(0..<9) },
        percent: maybe { $0.percent() }, trend: maybe { $0.list { CoveragePoint(day: "2026-11-20", percent: $0.percent()) } },
        measuredAt: maybe { $0.time() })
    case 11:
      ChangeCoverage(
        changeID: ChangeID(unchecked: "PR_\(number(0..<300))"), repositoryID: repository(), headSHA: maybe { $0.sha() },
        base: maybe { $0.totals() }, head: maybe { $0.totals() }, delta: maybe { $0.percent() }, patch: maybe { $0.totals() },
        files: maybe { $0.list { FileCoverage(path: $0.text(), hits: $0.number(0..<9), lines: 9) } },
        untrackedFiles: maybe { $0.number(0..<9) }, updatedAt: maybe { $0.time() })
    case 12:
      Vulnerability(
        finding: finding(), cve: maybe { $0.text() }, cvss: maybe { $0.percent() }, cvssVector: maybe { $0.text() })
    case 13: LicenseIssue(finding: finding())
    case 14: assessment()
    case 15: activity()
    case 16:
      Webhook(
        id: maybe { $0.id("W") }, organization: "acme", repositoryID: maybe { $0.repository() },
        url: WebhookURL(unchecked: "https://koalr.example/webhooks/github"), events: list { $0.text() },
        active: maybe { $0.flag() },
        status: pick([.active, .failed, .unknown]), reason: maybe { $0.text() }, retryHelps: maybe { $0.flag() },
        registeredAt: maybe { $0.time() }, checkedAt: maybe { $0.time() }, lastDeliveryAt: maybe { $0.time() },
        lastDeliveryStatus: maybe { $0.number(200..<600) })
    case 17: dependencies()
    case 18:
      Certificate(
        repositoryID: repository(), since: time(), until: time(),
        parts: list { generator in
          Certificate.Part(
            name: generator.text(), expected: generator.maybe { $0.number(0..<9) }, stored: generator.number(0..<9),
            truncated: generator.flag(), unreachable: generator.number(0..<3), reasons: generator.list { $0.text() })
        })
    case 19:
      CodeOwnersVersion(
        repositoryID: repository(), seenAt: time(),
        file: maybe { file in .init(path: "CODEOWNERS", sha: file.sha(), text: file.maybe { $0.text() }) })
    case 20: ownershipEvent()
    case 21: ownershipReport()
    default:
      SyncCheckpoint(
        scope: id("changes/R"), cursor: maybe { $0.text() }, complete: flag(), since: maybe { $0.time() }, time: time(),
        gaps: number(0..<3), earlier: maybe { SyncCheckpoint.Span(since: $0.time(), until: $0.time()) })
    }
  }
}

extension RecordGenerator {
  fileprivate mutating func access() -> OrganizationAccess {
    OrganizationAccess(
      name: text(), state: pick([.granted, .singleSignOnRequired, .notVisible]),
      role: maybe { $0.pick([.admin, .member, .none]) },
      isPending: flag(), visibleRepositories: maybe { $0.number(0..<9) }, allRepositories: maybe { $0.number(0..<9) },
      remedy: maybe { remedy in
        OrganizationAccess.Remedy(
          who: remedy.pick([.account, .owner]), reason: remedy.text(), action: remedy.text(), page: remedy.maybe { $0.text() })
      })
  }
}
