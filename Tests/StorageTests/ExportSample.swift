import KoalrCore

/// One record of every kind with as little known as possible, read through three connections.
enum ExportSample {
  static let sha = CommitID(unchecked: String(repeating: "ab", count: 20))
  static let repositoryID = RepositoryID(unchecked: "R_1")
  static let time = Date(timeIntervalSince1970: 1_795_176_000)

  static func repository(cloneURL: String? = nil) -> Repository {
    Repository(
      id: repositoryID, name: RepositoryName(unchecked: "acme/api"), defaultBranch: nil, headSHA: nil, cloneURL: cloneURL)
  }

  static func incident(confidence: Double = 0.5) -> Incident {
    Incident(
      id: IncidentID(unchecked: "deployment:D_1"), repositoryID: nil, title: "Down", startedAt: time, resolvedAt: nil,
      confidence: confidence, causeSHA: nil)
  }

  private static func change(_ id: String, number: Int?, merge: CommitID?) -> Change {
    Change(
      id: ChangeID(unchecked: id), repositoryID: repositoryID, number: number, title: "A", state: .merged, createdAt: nil,
      updatedAt: time, mergeSHA: merge,
      files: [ChangedFile(path: "a", status: .modified, additions: nil, deletions: nil)],
      reviews: [Review(id: SourceID(unchecked: "V"), author: nil, state: .approved, submittedAt: nil)])
  }

  private static func finding(_ issue: String) -> Finding {
    Finding(
      projectID: SourceID(unchecked: "P"), issueID: SourceID(unchecked: issue), issueKey: "KEY", repositoryID: nil,
      type: "license", title: "A", package: nil, version: nil, severity: nil, status: .open, ignored: false, fixedIn: nil,
      fixAvailable: nil, createdAt: nil, updatedAt: nil, resolvedAt: nil)
  }

  private static func assessment(_ subject: RiskAssessment.Subject) -> RiskAssessment {
    RiskAssessment(
      model: "m1", subject: subject, repositoryID: repositoryID, score: nil, band: nil,
      factors: [FactorContribution(key: "k", points: 1, maximum: 2, reason: "r")], missing: [], evidenceShare: 0.25, asOf: time)
  }

  private static func activity() -> ActivitySummary {
    var summary = ActivitySummary(repositoryID: repositoryID, day: "2026-11-20")
    summary.deployments = [ActivitySummary.Deployments(environment: "production", count: 2, failed: 1)]
    summary.leadTime = ActivitySummary.Total(sum: 60, count: 1)
    return summary
  }

  static func store() async throws -> InMemoryStore {
    let store = InMemoryStore()
    var old = StoreBatch(connection: ConnectionID(unchecked: "github"))
    old.upsert(Repository(id: repositoryID, name: RepositoryName(unchecked: "acme/old"), defaultBranch: nil, headSHA: nil))
    try await store.write(old)
    var code = StoreBatch(connection: ConnectionID(unchecked: "github"))
    code.upsert(
      Connection(
        id: ConnectionID(unchecked: "github"), service: .gitHub, organization: nil, account: nil, status: .connected,
        capabilities: [Capability(name: "read", available: nil)]))
    code.upsert(repository())
    code.upsert(change("PR_12", number: 12, merge: nil))
    code.upsert(change("PR_x", number: nil, merge: sha))
    code.upsert(
      Commit(
        sha: sha, repositoryID: repositoryID, authorName: "A", authorEmail: "a@b", committedAt: time, parents: [], subject: "S",
        files: nil))
    code.upsert(CodeOwnersSnapshot(repositoryID: repositoryID, path: "CODEOWNERS", sha: sha, text: nil, errors: nil))
    code.upsert(
      Deployment(
        id: SourceID(unchecked: "D_1"), repositoryID: repositoryID, environment: "production", sha: sha, createdAt: time,
        updatedAt: time, statuses: [DeploymentStatus(state: .success, createdAt: time)]))
    code.upsert(
      Issue(
        id: SourceID(unchecked: "I_7"), repositoryID: repositoryID, number: 7, state: .open, title: "A", author: nil,
        createdAt: time, updatedAt: time, closedAt: nil, labels: []))
    code.upsert(incident())
    let url = WebhookURL(unchecked: "https://koalr.example/webhooks/github")
    code.upsert(Webhook(id: nil, organization: "acme", url: url, status: .failed))
    code.upsert(
      Team(id: SourceID(unchecked: "T"), organization: "acme", slug: "core", name: "Core", parent: nil, members: []))
    code.upsert(
      Contributor(id: SourceID(unchecked: "U"), login: Login(unchecked: "ann"), name: nil, email: nil, teams: []))
    code.upsert(assessment(.change(ChangeID(unchecked: "PR_12"))))
    code.upsert(assessment(.repository(repositoryID)))
    code.upsert(activity())
    code.upsert(
      ChangeDependencies(
        changeID: ChangeID(unchecked: "PR_12"), repositoryID: repositoryID, baseSHA: sha, headSHA: sha,
        changes: [
          DependencyChange(
            manifest: nil, kind: .added, package: Package(ecosystem: nil, name: "left-pad", version: nil),
            vulnerabilities: [KnownVulnerability(id: "GHSA-1", severity: nil)])
        ]))
    code.upsert(CodeOwnersVersion(repositoryID: repositoryID, seenAt: time, file: nil))
    code.upsert(
      OwnershipEvent(repositoryID: repositoryID, type: .ownersDrifted, subject: "*.js", message: "M", openedAt: time))
    code.upsert(
      OwnershipReport(
        repositoryID: repositoryID, checkedAt: time, since: time, codeOwnersPath: nil, codeOwnersSHA: nil, score: nil,
        letter: nil, parts: [FactorContribution(key: "completeness", points: 1, maximum: 25, reason: "R")],
        missing: [MissingFactor(key: "reviews", reason: "R")], evidenceShare: 0.25, files: 0,
        gaps: [.init(path: "a", commits: 1, deployments: nil)], gapCount: 1, driftCount: 0))
    code.checkpoint(
      SyncCheckpoint(scope: SourceID(unchecked: "changes/R_1"), cursor: nil, complete: false, since: nil, time: time))
    try await store.write(code)
    var coverage = StoreBatch(connection: ConnectionID(unchecked: "codecov"))
    coverage.upsert(
      RepositoryCoverage(
        repositoryID: repositoryID, sha: sha, hits: nil, lines: nil, percent: nil,
        trend: [CoveragePoint(day: "2026-11-20", percent: 1.5)], measuredAt: nil))
    coverage.upsert(
      ChangeCoverage(
        changeID: ChangeID(unchecked: "PR_12"), repositoryID: repositoryID, headSHA: nil, base: CoverageTotals(hits: 1, lines: 2),
        head: nil, delta: nil, patch: nil, files: nil, untrackedFiles: nil, updatedAt: nil))
    try await store.write(coverage)
    var security = StoreBatch(connection: ConnectionID(unchecked: "snyk"))
    security.upsert(Vulnerability(finding: finding("V"), cve: nil, cvss: nil, cvssVector: nil))
    security.upsert(LicenseIssue(finding: finding("L")))
    try await store.write(security)
    return store
  }

  static let keys = [
    "connection github github", "repository github acme/api", "change github acme/api#12", "change github acme/api#abababababab",
    "commit github acme/api@\(sha)", "codeowners github acme/api", "deployment github acme/api/D_1", "issue github acme/api!7",
    "incident github deployment:D_1", "team github acme/core", "contributor github ann", "coverage codecov acme/api@\(sha)",
    "changeCoverage codecov acme/api#12", "vulnerability snyk P:V", "licenseIssue snyk P:L", "assessment github m1:acme/api",
    "assessment github m1:acme/api#12", "activity github acme/api@2026-11-20", "webhook github acme",
    "dependencies github acme/api#12", "codeownersVersion github acme/api@2026-11-20T12:00:00Z",
    "ownershipEvent github acme/api@2026-11-20T12:00:00Z:88bd0dc89ac3d7a6", "ownershipReport github acme/api@2026-11-20",
    "checkpoint github changes/R_1",
  ]

  static let fields: [(String, [String])] = [
    ("connection", ["service", "account", "status", "capabilities.name", "capabilities.available", "capabilities.reason"]),
    ("repository", ["repository", "defaultBranch", "archived", "fork", "visibility", "headSHA"]),
    (
      "change",
      [
        "repository", "number", "title", "state", "author", "createdAt", "mergedAt", "closedAt", "headSHA", "baseSHA", "mergeSHA",
        "draft", "labels", "files.path", "files.previousPath", "files.status", "files.additions", "files.deletions",
        "reviews.author", "reviews.state", "reviews.submittedAt", "checks",
      ]
    ),
    ("commit", ["repository", "author", "authorName", "authorEmail", "committedAt", "parents", "files"]),
    ("codeowners", ["repository", "path", "sha", "errors"]),
    ("deployment", ["repository", "environment", "sha", "createdAt", "statuses.state", "statuses.createdAt"]),
    ("issue", ["repository", "state", "title", "createdAt", "updatedAt", "closedAt", "labels"]),
    ("incident", ["repository", "startedAt", "resolvedAt", "source", "confidence"]),
    ("team", ["members"]), ("contributor", ["name", "teams"]),
    ("coverage", ["repository", "hits", "lines", "percent", "trend.day", "trend.percent"]),
    ("changeCoverage", ["repository", "base.hits", "base.lines", "base.percent", "head", "delta", "patch", "files"]),
    ("vulnerability", findingFields), ("licenseIssue", findingFields),
    ("assessment", ["repository", "score", "band", "factors.key", "factors.points", "factors.reason", "missing", "subject"]),
    (
      "activity",
      [
        "repository", "day", "mergedChanges", "closedChanges", "linesAdded", "linesDeleted", "files", "reviews", "leadTime.sum",
        "leadTime.count", "commits", "deployments.environment", "deployments.count", "deployments.failed", "incidents",
        "issuesOpened", "issuesClosed", "assessments", "counted",
      ]
    ),
    ("webhook", ["repository", "organization", "url", "events", "active", "status", "reason", "retryHelps", "lastDeliveryAt"]),
    (
      "dependencies",
      [
        "repository", "baseSHA", "headSHA", "changes.manifest", "changes.kind", "changes.package.name", "changes.package.version",
        "changes.license", "changes.vulnerabilities.id", "changes.vulnerabilities.severity",
      ]
    ),
    ("codeownersVersion", ["repository", "seenAt", "file"]),
    (
      "ownershipEvent",
      [
        "repository", "type", "subject", "section", "line", "severity", "message", "declaredOwners", "contributors", "paths",
        "pathCount", "openedAt", "seenAt", "resolvedAt", "isOpen",
      ]
    ),
    (
      "ownershipReport",
      [
        "repository", "checkedAt", "since", "codeOwnersPath", "codeOwnersSHA", "score", "letter", "parts.key", "parts.points",
        "parts.maximum", "parts.reason", "missing.key", "missing.reason", "evidenceShare", "files", "gaps.path", "gaps.files",
        "gaps.commits", "gaps.deployments", "gapCount",
        "driftCount",
      ]
    ),
    ("checkpoint", ["cursor", "time", "since", "complete", "gaps"]),
  ]

  private static let findingFields = [
    "issueKey", "repository", "package", "version", "cve", "cvss", "severity", "status", "ignored", "fixedIn",
  ]
}
