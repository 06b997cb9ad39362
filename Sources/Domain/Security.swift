/// A package at a version, as an ecosystem names it.
public struct Package: Hashable, Sendable, Codable {
  /// The ecosystem: `npm`, `pip`, `deb`; `nil` when the source does not say.
  public var ecosystem: String?
  /// The package's name.
  public var name: String
  /// The version in use.
  public var version: String?

  /// Makes a package.
  public init(ecosystem: String?, name: String, version: String?) {
    self.ecosystem = ecosystem
    self.name = name
    self.version = version
  }
}

/// How bad a finding is, in words.
public enum Severity: String, Hashable, Sendable, Codable, Comparable, CaseIterable {
  /// For information.
  case info
  /// Small.
  case low
  /// Medium.
  case medium
  /// Large.
  case high
  /// To be mended now.
  case critical

  /// Orders from `info` to `critical`.
  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .info: 0
    case .low: 1
    case .medium: 2
    case .high: 3
    case .critical: 4
    }
  }
}

/// What every finding of a scanner has: where, what, how bad, and whether it is dealt with.
public struct Finding: Hashable, Sendable, Codable {
  /// The scanner's project that has it: one manifest, image or folder.
  public var projectID: SourceID
  /// The scanner's id of this finding in that project.
  public var issueID: SourceID
  /// The scanner's name of the problem, the same in every project: `SNYK-JS-LODASH-1234`.
  public var issueKey: String
  /// The repository the project was made from; `nil` when no known one matches.
  public var repositoryID: RepositoryID?
  /// The manifest, image or file it was found in.
  public var targetFile: String?
  /// The scanner's kind: `package_vulnerability`, `license`, `code`, `config`.
  public var type: String
  /// One line for a person.
  public var title: String
  /// The package that brings it; `nil` for a finding in code or configuration.
  public var package: String?
  /// The version of that package.
  public var version: String?
  /// How bad, in the scanner's words.
  public var severity: Severity?
  /// Whether it is still there.
  public var status: Status
  /// Whether somebody decided to live with it.
  public var ignored: Bool
  /// The nearest version that does not have it; `nil` when there is none or the scanner does not say.
  public var fixedIn: String?
  /// Whether any fix exists; `nil` when the scanner does not say.
  public var fixAvailable: Bool?
  /// When the scanner first saw it.
  public var createdAt: Date?
  /// When anything about it changed last: the version of this record.
  public var updatedAt: Date?
  /// When it went away.
  public var resolvedAt: Date?

  /// Whether a finding is still there.
  public enum Status: String, Hashable, Sendable, Codable {
    /// Still there.
    case open
    /// Gone.
    case resolved
  }

  /// Makes a finding.
  public init(
    projectID: SourceID, issueID: SourceID, issueKey: String, repositoryID: RepositoryID?, targetFile: String? = nil,
    type: String,
    title: String, package: String?, version: String?, severity: Severity?, status: Status, ignored: Bool, fixedIn: String?,
    fixAvailable: Bool?, createdAt: Date?, updatedAt: Date?, resolvedAt: Date?
  ) {
    self.projectID = projectID
    self.issueID = issueID
    self.issueKey = issueKey
    self.repositoryID = repositoryID
    self.targetFile = targetFile
    self.type = type
    self.title = title
    self.package = package
    self.version = version
    self.severity = severity
    self.status = status
    self.ignored = ignored
    self.fixedIn = fixedIn
    self.fixAvailable = fixAvailable
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.resolvedAt = resolvedAt
  }
}

/// A weakness that a scanner found: in a dependency, an image, infrastructure code or the code itself.
public struct Vulnerability: Hashable, Sendable, Codable {
  /// Where, what and how bad.
  public var finding: Finding
  /// The CVE number, where one was given.
  public var cve: String?
  /// The CVSS base score, 0 to 10; `nil` when none was given (never 0 for unknown).
  public var cvss: Double?
  /// The CVSS vector that belongs to the score.
  public var cvssVector: String?

  /// Makes a vulnerability.
  public init(finding: Finding, cve: String?, cvss: Double?, cvssVector: String?) {
    self.finding = finding
    self.cve = cve
    self.cvss = cvss
    self.cvssVector = cvssVector
  }
}

/// A dependency whose licence the organisation does not want.
public struct LicenseIssue: Hashable, Sendable, Codable {
  /// Where, what and how bad.
  public var finding: Finding

  /// Makes a licence issue.
  public init(finding: Finding) { self.finding = finding }
}
