// A finding's fields stand beside those of the value that holds it, so that a stored vulnerability is one flat object.

extension Vulnerability {
  private enum CodingKeys: String, CodingKey { case cve, cvss, cvssVector }

  /// Decodes one flat object.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      finding: try Finding(from: decoder),
      cve: try container.decodeIfPresent(String.self, forKey: .cve),
      cvss: try container.decodeIfPresent(Double.self, forKey: .cvss),
      cvssVector: try container.decodeIfPresent(String.self, forKey: .cvssVector))
  }

  /// Encodes one flat object.
  public func encode(to encoder: any Encoder) throws {
    try finding.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(cve, forKey: .cve)
    try container.encodeIfPresent(cvss, forKey: .cvss)
    try container.encodeIfPresent(cvssVector, forKey: .cvssVector)
  }
}

extension LicenseIssue {
  /// Decodes one flat object.
  public init(from decoder: any Decoder) throws {
    self.init(finding: try Finding(from: decoder))
  }

  /// Encodes one flat object.
  public func encode(to encoder: any Encoder) throws {
    try finding.encode(to: encoder)
  }
}
