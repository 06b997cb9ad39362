extension Truth {
  /// Something that Snyk scans in a repository: a manifest, an image, its code.
  public struct Project: Decodable, Sendable {
    /// Its id.
    public var project: String
    /// The file it was made from; empty when none was.
    public var targetFile: String
    /// What was ever found in it.
    public var issues: [Finding]
  }

  /// One problem in one project.
  public struct Finding: Decodable, Sendable {
    /// Its id, different in every project.
    public var id: String
    /// Snyk's name of the problem, the same in every project.
    public var key: String
    /// `package_vulnerability`, `license`, `code`, `config` …
    public var type: String
    /// The title.
    public var title: String
    /// `low`, `medium`, `high` or `critical`.
    public var severity: String
    /// The package it is in.
    public var package: String?
    /// The version of that package.
    public var version: String?
    /// Its name in the list of common vulnerabilities.
    public var cve: String?
    /// The CVSS score.
    public var score: Double?
    /// The nearest version that mends it.
    public var fixedIn: String?
    /// `open` or `resolved`.
    public var status: String
    /// Whether somebody decided to live with it.
    public var ignored: Bool
    /// When it was found.
    public var created: String
    /// When it was gone.
    public var resolved: String?
  }
}
