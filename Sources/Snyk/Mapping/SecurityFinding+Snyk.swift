import KoalrDomain
import KoalrIntegrationProtocols

extension SecurityFinding {
  /// An issue of Snyk in a project; `nil` when it lacks what identifies it.
  init?(_ wire: IssueWire, project: SnykProject?, repository: RepositoryID?, fixedIn: String?) {
    guard let finding = Finding(wire, project: project, repository: repository, fixedIn: fixedIn) else { return nil }
    guard finding.type != IssueWire.licenseType else {
      self = .license(LicenseIssue(finding: finding))
      return
    }
    let cvss = CVSSChoice.choose(wire.attributes?.severities ?? [])
    self = .vulnerability(
      Vulnerability(finding: finding, cve: wire.cve, cvss: cvss?.score, cvssVector: cvss?.vector))
  }
}

extension Finding {
  fileprivate init?(_ wire: IssueWire, project: SnykProject?, repository: RepositoryID?, fixedIn: String?) {
    guard let attributes = wire.attributes, let key = attributes.key, let type = attributes.type,
      let issue = wire.id.flatMap(SourceID.init(rawValue:)), let item = wire.projectID.flatMap(SourceID.init(rawValue:))
    else { return nil }
    let package = wire.dependency
    self.init(
      projectID: item, issueID: issue, issueKey: key, repositoryID: repository, targetFile: project?.targetFile, type: type,
      title: attributes.title ?? key, package: package?.packageName, version: package?.packageVersion,
      severity: attributes.effectiveSeverityLevel.flatMap { Severity(rawValue: $0.lowercased()) },
      status: attributes.status == Status.resolved.rawValue ? .resolved : .open, ignored: attributes.ignored ?? false,
      fixedIn: fixedIn, fixAvailable: wire.fixAvailable, createdAt: attributes.createdAt.flatMap(ISO8601Time.parse),
      updatedAt: attributes.updatedAt.flatMap(ISO8601Time.parse),
      resolvedAt: attributes.resolution?.resolvedAt.flatMap(ISO8601Time.parse))
  }
}

extension IssueWire {
  static let licenseType = "license"
  static let packageType = "package_vulnerability"

  /// The project, or the environment of a cloud issue, that has it.
  var projectID: String? { relationships?.scanItem?.data?.id }

  /// The package that brings it.
  var dependency: Dependency? {
    attributes?.coordinates?.lazy.flatMap { $0.representations ?? [] }.compactMap(\.dependency).first { $0.packageName != nil }
  }

  /// The CVE number: NVD's name of it, else any that looks like one.
  var cve: String? {
    let numbers = (attributes?.problems ?? []).filter { $0.id?.hasPrefix("CVE-") ?? false }
    return (numbers.first { $0.source == "NVD" } ?? numbers.first)?.id
  }

  /// Whether anything can be done about it somewhere; `nil` when Snyk says nothing. Upgrades, pins and patches exist for packages
  /// only; elsewhere those flags mean nothing.
  var fixAvailable: Bool? {
    let flags = (attributes?.coordinates ?? []).flatMap { place in
      [place.isFixableSnyk, place.isFixableManually, place.isFixableUpstream]
        + (dependency == nil ? [] : [place.isUpgradeable, place.isPinnable, place.isPatchable])
    }.compactMap { $0 }
    return flags.isEmpty ? nil : flags.contains(true)
  }

  /// Whether it is worth asking which version mends it.
  var hasFixVersion: Bool {
    attributes?.type == Self.packageType && attributes?.status != Finding.Status.resolved.rawValue && fixAvailable == true
  }
}
