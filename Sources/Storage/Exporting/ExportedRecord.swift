import KoalrDomain

/// A record as a line of an export: what it is called, and what is added to its own fields for a reader.
protocol ExportedRecord: StoredRecord {
  /// Whether its value says which repository it belongs to, even if none is known.
  static var hasRepository: Bool { get }
  /// What it is called within its connection and kind.
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String
  /// Adds what follows from its fields; an import ignores it.
  func addComputed(to value: ExportObject)
}

extension ExportedRecord {
  static var hasRepository: Bool { true }
  func addComputed(to value: ExportObject) {}

  /// Returns the record's value: every field, and what is added to them.
  func exportValue(_ names: ExportNames, _ connection: ConnectionID) throws -> ExportValue {
    let value = try ExportEncoder.value(of: self)
    guard case .object(let object) = value else { return value }
    if Self.hasRepository {
      object["repository"] = recordRepository.map { .text(names.repository($0, connection)) } ?? .null
    }
    addComputed(to: object)
    return value
  }
}

extension Connection: ExportedRecord {
  static var hasRepository: Bool { false }
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String { id.rawValue }
}

extension Webhook: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String {
    repositoryID.map { names.repository($0, connection) } ?? organization
  }
}

extension Repository: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String { name.rawValue }

  func addComputed(to value: ExportObject) {
    // Adapters promise an address without credentials; what leaves the house is checked all the same.
    if let cloneURL { value["cloneURL"] = .text(CloneAddress.withoutCredentials(cloneURL)) }
  }
}

extension Change: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String {
    names.repository(repositoryID, connection) + label
  }
}

extension Commit: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String {
    "\(names.repository(repositoryID, connection))@\(sha)"
  }
}

extension CodeOwnersSnapshot: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String { names.repository(repositoryID, connection) }
}

extension Deployment: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String {
    "\(names.repository(repositoryID, connection))/\(id)"
  }
}

extension Issue: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String {
    "\(names.repository(repositoryID, connection))!\(number)"
  }
}

extension Incident: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String { id.rawValue }
  func addComputed(to value: ExportObject) { value["source"] = .text(source.rawValue) }
}

extension Team: ExportedRecord {
  static var hasRepository: Bool { false }
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String { "\(organization)/\(slug)" }
}

extension Contributor: ExportedRecord {
  static var hasRepository: Bool { false }
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String { login.rawValue }
}

extension RepositoryCoverage: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String {
    "\(names.repository(repositoryID, connection))@\(sha)"
  }
}

extension ChangeCoverage: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String {
    names.change(changeID, in: repositoryID, connection)
  }

  func addComputed(to value: ExportObject) {
    for (name, totals) in [("base", base), ("head", head), ("patch", patch)] {
      guard let totals, case .object(let object) = value[name] else { continue }
      object["percent"] = totals.percent.map { .number($0) } ?? .null
    }
  }
}

extension Vulnerability: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String { "\(finding.projectID):\(finding.issueID)" }
}

extension LicenseIssue: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String { "\(finding.projectID):\(finding.issueID)" }

  func addComputed(to value: ExportObject) {
    // A licence has neither; writing so gives both kinds of finding the same fields.
    value["cve"] = .null
    value["cvss"] = .null
  }
}

extension RiskAssessment: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String {
    switch subject {
    case .change(let id): "\(model):\(names.change(id, in: repositoryID, connection))"
    case .repository(let id): "\(model):\(names.repository(id, connection))"
    }
  }
}

extension ActivitySummary: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String {
    "\(repositoryID.map { names.repository($0, connection) } ?? "")@\(day)"
  }
}

extension ChangeDependencies: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String {
    names.change(changeID, in: repositoryID, connection)
  }
}

extension Certificate: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String { names.repository(repositoryID, connection) }
  func addComputed(to value: ExportObject) { value["isComplete"] = .bool(isComplete) }
}

extension CodeOwnersVersion: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String {
    "\(names.repository(repositoryID, connection))@\(ISO8601Time.format(seenAt))"
  }
}

extension OwnershipEvent: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String {
    names.repository(repositoryID, connection) + recordID.rawValue.dropFirst(repositoryID.rawValue.count)
  }

  func addComputed(to value: ExportObject) { value["isOpen"] = .bool(isOpen) }
}

extension OwnershipReport: ExportedRecord {
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String {
    "\(names.repository(repositoryID, connection))@\(ISO8601Time.day(checkedAt))"
  }
}

extension SyncCheckpoint: ExportedRecord {
  static var hasRepository: Bool { false }
  func exportKey(_ names: ExportNames, _ connection: ConnectionID) -> String { scope.rawValue }
}
