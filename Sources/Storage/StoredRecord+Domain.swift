public import KoalrDomain

// How each domain value is kept: its kind, its identity, what it is read by, and which of its parts age separately.

extension RecordKind {
  /// A `Connection`.
  public static let connection = Self(rawValue: "connection")
  /// A `Webhook`.
  public static let webhook = Self(rawValue: "webhook")
  /// A `Repository`.
  public static let repository = Self(rawValue: "repository")
  /// A `Change`.
  public static let change = Self(rawValue: "change")
  /// A `Commit`.
  public static let commit = Self(rawValue: "commit")
  /// A `CodeOwnersSnapshot`.
  public static let codeOwners = Self(rawValue: "codeowners")
  /// A `CodeOwnersVersion`.
  public static let codeOwnersVersion = Self(rawValue: "codeownersVersion")
  /// An `OwnershipEvent`.
  public static let ownershipEvent = Self(rawValue: "ownershipEvent")
  /// An `OwnershipReport`.
  public static let ownershipReport = Self(rawValue: "ownershipReport")
  /// A `Deployment`.
  public static let deployment = Self(rawValue: "deployment")
  /// An `Issue`.
  public static let issue = Self(rawValue: "issue")
  /// An `Incident`.
  public static let incident = Self(rawValue: "incident")
  /// A `Team`.
  public static let team = Self(rawValue: "team")
  /// A `Contributor`.
  public static let contributor = Self(rawValue: "contributor")
  /// A `RepositoryCoverage`.
  public static let coverage = Self(rawValue: "coverage")
  /// A `ChangeCoverage`.
  public static let changeCoverage = Self(rawValue: "changeCoverage")
  /// A `ChangeDependencies`.
  public static let dependencies = Self(rawValue: "dependencies")
  /// A `Vulnerability`.
  public static let vulnerability = Self(rawValue: "vulnerability")
  /// A `LicenseIssue`.
  public static let licenseIssue = Self(rawValue: "licenseIssue")
  /// A `RiskAssessment`.
  public static let assessment = Self(rawValue: "assessment")
  /// An `ActivitySummary`.
  public static let activity = Self(rawValue: "activity")
  /// A `Certificate`.
  public static let certificate = Self(rawValue: "certificate")
  /// A `SyncCheckpoint`.
  public static let checkpoint = Self(rawValue: "checkpoint")
}

extension RecordPart.Name {
  /// The labels of a change.
  public static let labels = Self(rawValue: "labels")
  /// The files of a change or commit.
  public static let files = Self(rawValue: "files")
  /// The reviews of a change.
  public static let reviews = Self(rawValue: "reviews")
  /// The comments of a change.
  public static let comments = Self(rawValue: "comments")
  /// The checks of a change.
  public static let checks = Self(rawValue: "checks")
  /// The settings of a connection.
  public static let settings = Self(rawValue: "settings")
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Connection: StoredRecord {
  public static var kind: RecordKind { .connection }
  public var recordID: RecordID { RecordID(unchecked: id.rawValue) }

  public var parts: [RecordPart] {
    [RecordPart(.whole, version: nil)] + (settings == nil ? [] : [RecordPart(.settings, version: nil)])
  }

  public mutating func take(_ part: RecordPart.Name, from newer: Connection) {
    if part == .settings {
      settings = newer.settings
    } else {
      let old = settings
      self = newer
      settings = old
    }
  }
}

// One for each target: there is something to tell also while the service has none and gave no id.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Webhook: StoredRecord {
  public static var kind: RecordKind { .webhook }
  public static var isReplacedWhole: Bool { true }
  public var recordRepository: RepositoryID? { repositoryID }
  public var recordID: RecordID {
    if let repositoryID { return RecordID(unchecked: "repository:\(repositoryID)") }
    return Self.recordID(ofOrganization: organization)
  }
}

extension Webhook {
  /// The id under which the webhook of a whole organisation is kept, whatever its case.
  public static func recordID(ofOrganization name: String) -> RecordID {
    RecordID(unchecked: "organization:\(name.lowercased())")
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Repository: StoredRecord {
  public static var kind: RecordKind { .repository }
  public static var isReplacedWhole: Bool { true }
  public var recordID: RecordID { RecordID(unchecked: id.rawValue) }
  public var recordRepository: RepositoryID? { id }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Change: StoredRecord {
  public static var kind: RecordKind { .change }
  public var recordID: RecordID { RecordID(unchecked: id.rawValue) }
  public var recordRepository: RepositoryID? { repositoryID }
  public var recordTime: Date? { updatedAt }

  public var parts: [RecordPart] {
    var parts = [RecordPart(.whole, version: updatedAt)]
    if labels != nil { parts.append(RecordPart(.labels, version: updatedAt)) }
    if files != nil { parts.append(RecordPart(.files, version: nil)) }
    if reviews != nil { parts.append(RecordPart(.reviews, version: nil)) }
    if comments != nil { parts.append(RecordPart(.comments, version: nil)) }
    if checks != nil { parts.append(RecordPart(.checks, version: nil)) }
    return parts
  }

  public mutating func take(_ part: RecordPart.Name, from newer: Change) {
    switch part {
    case .labels: labels = newer.labels
    case .files: files = newer.files
    case .reviews: reviews = newer.reviews
    case .comments: comments = newer.comments
    case .checks: checks = newer.checks
    default:
      let old = self
      self = newer
      (labels, files, reviews, comments, checks) = (old.labels, old.files, old.reviews, old.comments, old.checks)
    }
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Commit: StoredRecord {
  public static var kind: RecordKind { .commit }
  public var recordID: RecordID { RecordID(unchecked: "\(repositoryID)@\(sha)") }
  public var recordRepository: RepositoryID? { repositoryID }
  public var recordTime: Date? { committedAt }

  public var parts: [RecordPart] {
    [RecordPart(.whole, version: nil)] + (files == nil ? [] : [RecordPart(.files, version: nil)])
  }

  public mutating func take(_ part: RecordPart.Name, from newer: Commit) {
    if part == .files {
      files = newer.files
    } else {
      let (oldFiles, oldAuthor) = (files, author)
      self = newer
      files = oldFiles
      author = newer.author ?? oldAuthor
    }
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension CodeOwnersSnapshot: StoredRecord {
  public static var kind: RecordKind { .codeOwners }
  public static var isReplacedWhole: Bool { true }
  public var recordID: RecordID { RecordID(unchecked: repositoryID.rawValue) }
  public var recordRepository: RepositoryID? { repositoryID }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension CodeOwnersVersion: StoredRecord {
  public static var kind: RecordKind { .codeOwnersVersion }
  public static var isReplacedWhole: Bool { true }
  public var recordID: RecordID { RecordID(unchecked: "\(repositoryID)@\(ISO8601Time.format(seenAt))") }
  public var recordRepository: RepositoryID? { repositoryID }
  public var recordTime: Date? { seenAt }
}

// What it is about may be a pattern, which is longer than an id may be.
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension OwnershipEvent: StoredRecord {
  public static var kind: RecordKind { .ownershipEvent }
  public static var isReplacedWhole: Bool { true }
  public var recordRepository: RepositoryID? { repositoryID }
  public var recordTime: Date? { openedAt }
  public var recordID: RecordID {
    let thing = String(Fingerprint.value(of: "\(type.rawValue)\0\(section ?? "")\0\(subject)"), radix: 16)
    return RecordID(unchecked: "\(repositoryID)@\(ISO8601Time.format(openedAt)):\(thing)")
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension OwnershipReport: StoredRecord {
  public static var kind: RecordKind { .ownershipReport }
  public static var isReplacedWhole: Bool { true }
  public var recordID: RecordID { RecordID(unchecked: "\(repositoryID)@\(ISO8601Time.day(checkedAt))") }
  public var recordRepository: RepositoryID? { repositoryID }
  public var recordTime: Date? { checkedAt }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Deployment: StoredRecord {
  public static var kind: RecordKind { .deployment }
  public static var isReplacedWhole: Bool { true }
  public var recordID: RecordID { RecordID(unchecked: id.rawValue) }
  public var recordRepository: RepositoryID? { repositoryID }
  public var recordTime: Date? { createdAt }
  public var parts: [RecordPart] { [RecordPart(.whole, version: updatedAt)] }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Issue: StoredRecord {
  public static var kind: RecordKind { .issue }
  public static var isReplacedWhole: Bool { true }
  public var recordID: RecordID { RecordID(unchecked: id.rawValue) }
  public var recordRepository: RepositoryID? { repositoryID }
  public var recordTime: Date? { updatedAt }
  public var parts: [RecordPart] { [RecordPart(.whole, version: updatedAt)] }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Incident: StoredRecord {
  public static var kind: RecordKind { .incident }
  public static var isReplacedWhole: Bool { true }
  public var recordID: RecordID { RecordID(unchecked: id.rawValue) }
  public var recordRepository: RepositoryID? { repositoryID }
  public var recordTime: Date? { startedAt }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Team: StoredRecord {
  public static var kind: RecordKind { .team }
  public static var isReplacedWhole: Bool { true }
  public var recordID: RecordID { RecordID(unchecked: id.rawValue) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Contributor: StoredRecord {
  public static var kind: RecordKind { .contributor }
  public static var isReplacedWhole: Bool { true }
  public var recordID: RecordID { RecordID(unchecked: id.rawValue) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension RepositoryCoverage: StoredRecord {
  public static var kind: RecordKind { .coverage }
  public static var isReplacedWhole: Bool { true }
  public var recordID: RecordID { RecordID(unchecked: "\(repositoryID)@\(sha)") }
  public var recordRepository: RepositoryID? { repositoryID }
  public var recordTime: Date? { measuredAt }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension ChangeCoverage: StoredRecord {
  public static var kind: RecordKind { .changeCoverage }
  public static var isReplacedWhole: Bool { true }
  public var recordID: RecordID { RecordID(unchecked: changeID.rawValue) }
  public var recordRepository: RepositoryID? { repositoryID }
  public var recordTime: Date? { updatedAt }
  public var parts: [RecordPart] { [RecordPart(.whole, version: updatedAt)] }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension ChangeDependencies: StoredRecord {
  public static var kind: RecordKind { .dependencies }
  public static var isReplacedWhole: Bool { true }
  public var recordID: RecordID { RecordID(unchecked: changeID.rawValue) }
  public var recordRepository: RepositoryID? { repositoryID }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Vulnerability: StoredRecord {
  public static var kind: RecordKind { .vulnerability }
  public static var isReplacedWhole: Bool { true }
  public var recordID: RecordID { RecordID(unchecked: "\(finding.projectID):\(finding.issueID)") }
  public var recordRepository: RepositoryID? { finding.repositoryID }
  public var recordTime: Date? { finding.updatedAt }
  public var parts: [RecordPart] { [RecordPart(.whole, version: finding.updatedAt)] }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension LicenseIssue: StoredRecord {
  public static var kind: RecordKind { .licenseIssue }
  public static var isReplacedWhole: Bool { true }
  public var recordID: RecordID { RecordID(unchecked: "\(finding.projectID):\(finding.issueID)") }
  public var recordRepository: RepositoryID? { finding.repositoryID }
  public var recordTime: Date? { finding.updatedAt }
  public var parts: [RecordPart] { [RecordPart(.whole, version: finding.updatedAt)] }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension RiskAssessment: StoredRecord {
  public static var kind: RecordKind { .assessment }
  public static var isReplacedWhole: Bool { true }
  public var recordID: RecordID {
    switch subject {
    case .change(let id): RecordID(unchecked: "\(model):change:\(id)")
    case .repository(let id): RecordID(unchecked: "\(model):repository:\(id)")
    }
  }
  public var recordRepository: RepositoryID? { repositoryID }
  public var recordTime: Date? { asOf }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension ActivitySummary: StoredRecord {
  public static var kind: RecordKind { .activity }
  public var recordID: RecordID { Self.recordID(of: repositoryID, on: day) }
  public var recordRepository: RepositoryID? { repositoryID }
  public var recordTime: Date? { ISO8601Time.parse("\(day)T00:00:00Z") }
}

extension ActivitySummary {
  static func recordID(of repository: RepositoryID?, on day: String) -> RecordID {
    RecordID(unchecked: "\(repository?.rawValue ?? "")@\(day)")
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Certificate: StoredRecord {
  public static var kind: RecordKind { .certificate }
  public static var isReplacedWhole: Bool { true }
  public var recordID: RecordID { RecordID(unchecked: repositoryID.rawValue) }
  public var recordRepository: RepositoryID? { repositoryID }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension SyncCheckpoint: StoredRecord {
  public static var kind: RecordKind { .checkpoint }
  public static var isReplacedWhole: Bool { true }
  public var recordID: RecordID { RecordID(unchecked: scope.rawValue) }
  public var recordTime: Date? { time }
}
