import KoalrDomain

extension RiskAssessment: DirectlyCoded {
  init(from map: inout DirectReader) throws(RecordFault) {
    self.init(
      model: try map.value("model"), subject: try map.value("subject"), repositoryID: try map.value("repositoryID"),
      score: try map.optional("score"), band: try map.optional("band"), factors: try map.value("factors"),
      missing: try map.value("missing"), evidenceShare: try map.value("evidenceShare"), asOf: try map.value("asOf"),
      scoredChanges: try map.optional("scoredChanges"), knownChanges: try map.optional("knownChanges"))
  }

  func encode(to map: inout DirectWriter) {
    map.write("model", model)
    map.write("subject", subject)
    map.write("repositoryID", repositoryID)
    map.write("score", score)
    map.write("band", band)
    map.write("factors", factors)
    map.write("missing", missing)
    map.write("evidenceShare", evidenceShare)
    map.write("asOf", asOf)
    map.write("scoredChanges", scoredChanges)
    map.write("knownChanges", knownChanges)
  }
}

extension RiskAssessment.Subject: DirectlyCoded {
  // As synthesised: a map of one entry, the case, and in it a map of what the case holds.
  init(from map: inout DirectReader) throws(RecordFault) {
    if let change: Holder<ChangeID> = try map.optional("change") {
      self = .change(change.id)
    } else {
      let repository: Holder<RepositoryID> = try map.value("repository")
      self = .repository(repository.id)
    }
  }

  func encode(to map: inout DirectWriter) {
    switch self {
    case .change(let id): map.write("change", Holder(id: id))
    case .repository(let id): map.write("repository", Holder(id: id))
    }
  }

  private struct Holder<ID: DirectText & Codable>: DirectlyCoded {
    var id: ID

    init(id: ID) { self.id = id }
    init(from map: inout DirectReader) throws(RecordFault) { self.init(id: try map.value("id")) }
    func encode(to map: inout DirectWriter) { map.write("id", id) }
  }
}

extension FactorContribution: DirectlyCoded {
  init(from map: inout DirectReader) throws(RecordFault) {
    self.init(
      key: try map.value("key"), points: try map.value("points"), maximum: try map.value("maximum"),
      reason: try map.value("reason"))
  }

  func encode(to map: inout DirectWriter) {
    map.write("key", key)
    map.write("points", points)
    map.write("maximum", maximum)
    map.write("reason", reason)
  }
}

extension MissingFactor: DirectlyCoded {
  init(from map: inout DirectReader) throws(RecordFault) {
    self.init(
      key: try map.value("key"), reason: try map.value("reason"))
  }

  func encode(to map: inout DirectWriter) {
    map.write("key", key)
    map.write("reason", reason)
  }
}
