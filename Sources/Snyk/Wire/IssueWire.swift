/// One problem in one project, as `GET /orgs/{id}/issues` lists it.
struct IssueWire: Decodable, Sendable {
  var id: String?
  var attributes: Attributes?
  var relationships: Relationships?

  struct Relationships: Decodable, Sendable {
    var scanItem: ReferenceWire<None>?

    enum CodingKeys: String, CodingKey { case scanItem = "scan_item" }
  }

  /// No attributes are read.
  struct None: Decodable, Sendable {}

  struct Attributes: Decodable, Sendable {
    var key: String?
    var title: String?
    /// `package_vulnerability`, `license`, `code`, `config`, `cloud`, `custom` …
    var type: String?
    /// `open` or `resolved`.
    var status: String?
    var ignored: Bool?
    var effectiveSeverityLevel: String?
    var createdAt: String?
    var updatedAt: String?
    var problems: [Problem]?
    var severities: [Score]?
    var coordinates: [Coordinate]?
    var resolution: Resolution?

    enum CodingKeys: String, CodingKey {
      case key, title, type, status, ignored, problems, severities, coordinates, resolution
      case effectiveSeverityLevel = "effective_severity_level"
      case createdAt = "created_at"
      case updatedAt = "updated_at"
    }
  }

  /// A name of the problem in a database: Snyk's own, a CVE, a GHSA.
  struct Problem: Decodable, Sendable {
    var id: String?
    var source: String?
  }

  /// A CVSS score by one source.
  struct Score: Decodable, Sendable {
    var source: String?
    var version: String?
    var vector: String?
    var score: Double?
  }

  struct Resolution: Decodable, Sendable {
    var resolvedAt: String?

    enum CodingKeys: String, CodingKey { case resolvedAt = "resolved_at" }
  }

  /// A place where the problem is, with what can be done about it there.
  struct Coordinate: Decodable, Sendable {
    var isFixableSnyk: Bool?
    var isFixableManually: Bool?
    var isFixableUpstream: Bool?
    var isUpgradeable: Bool?
    var isPinnable: Bool?
    var isPatchable: Bool?
    var representations: [Representation]?

    enum CodingKeys: String, CodingKey {
      case representations
      case isFixableSnyk = "is_fixable_snyk"
      case isFixableManually = "is_fixable_manually"
      case isFixableUpstream = "is_fixable_upstream"
      case isUpgradeable = "is_upgradeable"
      case isPinnable = "is_pinnable"
      case isPatchable = "is_patchable"
    }
  }

  /// One of several shapes; only packages are read.
  struct Representation: Decodable, Sendable {
    var dependency: Dependency?
  }

  struct Dependency: Decodable, Sendable {
    var packageName: String?
    var packageVersion: String?

    enum CodingKeys: String, CodingKey {
      case packageName = "package_name"
      case packageVersion = "package_version"
    }
  }
}
