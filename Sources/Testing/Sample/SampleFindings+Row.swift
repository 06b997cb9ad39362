import KoalrCore

extension SampleFindings {
  /// A base vector of CVSS 3.1 with its score.
  enum Vector {
    case everything, disclosure, denial, script, locally, weakness, slowness, nuisance

    var cvss: (score: Double, text: String) {
      switch self {
      case .everything: (9.8, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")
      case .disclosure: (7.5, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N")
      case .denial: (7.5, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H")
      case .script: (6.1, "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N")
      case .locally: (7.8, "CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H")
      case .weakness: (5.9, "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N")
      case .slowness: (5.3, "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L")
      case .nuisance: (3.3, "CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:L")
      }
    }
  }

  /// One line of the table.
  struct Row {
    var repository: String
    private var key: String
    private var title: String
    private var package: String?
    private var version: String?
    private var severity: Severity
    private var vector: Vector?
    private var fixed: String?
    private var days: Int
    private var target: String
    private var ignored: Bool
    private var resolvedDays: Int?

    init(
      _ repository: String, _ key: String, _ title: String, _ package: String?, _ version: String?, _ severity: Severity,
      _ vector: Vector?, fixed: String?, days: Int, target: String, ignored: Bool = false, resolvedDays: Int? = nil
    ) {
      self.repository = repository
      self.key = key
      self.title = title
      self.package = package
      self.version = version
      self.severity = severity
      self.vector = vector
      self.fixed = fixed
      self.days = days
      self.target = target
      self.ignored = ignored
      self.resolvedDays = resolvedDays
    }

    func finding(_ index: Int, in repository: RepositoryID?) -> SecurityFinding {
      let finding = self.finding(index, repository)
      if finding.type == "license" { return .license(LicenseIssue(finding: finding)) }
      let number = key.split(separator: "-").last.map(String.init) ?? "90000"
      return .vulnerability(
        Vulnerability(
          finding: finding, cve: vector == nil ? nil : "CVE-2026-\(number)", cvss: vector?.cvss.score,
          cvssVector: vector?.cvss.text))
    }

    private func finding(_ index: Int, _ repository: RepositoryID?) -> Finding {
      let resolved = resolvedDays.map(daysAgo)
      return Finding(
        projectID: SourceID(unchecked: "\(self.repository)-\(target)".replacing("/", with: "-")),
        issueID: SourceID(unchecked: "finding-\(index + 1)"), issueKey: key, repositoryID: repository, targetFile: target,
        type: type, title: title, package: package, version: version, severity: severity,
        status: resolved == nil ? .open : .resolved, ignored: ignored, fixedIn: fixed, fixAvailable: fixed != nil,
        createdAt: daysAgo(days), updatedAt: resolved ?? daysAgo(days), resolvedAt: resolved)
    }

    private var type: String {
      if key.hasPrefix("SMPL-LIC") { return "license" }
      return key.hasPrefix("SMPL-CFG") ? "config" : "package_vulnerability"
    }

    private func daysAgo(_ days: Int) -> Date { SampleOrganisation.now.addingTimeInterval(Double(-days) * 86_400) }
  }
}
