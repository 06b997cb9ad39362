import KoalrDomain

extension DependencyWire {
  /// The change; `nil` when it does not say what comes or goes.
  var asChange: DependencyChange? {
    guard let kind = change_type.flatMap(DependencyChange.Kind.init(rawValue:)), let name, !name.isEmpty else { return nil }
    return DependencyChange(
      manifest: manifest, kind: kind, package: Package(ecosystem: ecosystem, name: name, version: version?.nonEmpty),
      license: license?.nonEmpty, vulnerabilities: (vulnerabilities ?? []).compactMap(\.asVulnerability))
  }
}

extension DependencyWire.Vulnerability {
  fileprivate var asVulnerability: KnownVulnerability? {
    guard let id = advisory_ghsa_id?.nonEmpty else { return nil }
    // GitHub says "moderate" where everybody else says "medium".
    let severity = severity == "moderate" ? .medium : severity.flatMap(Severity.init(rawValue:))
    return KnownVulnerability(id: id, severity: severity)
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
