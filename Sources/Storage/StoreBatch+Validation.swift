import KoalrDomain

extension StoreBatch {
  /// Checks everything that can be wrong with a batch before any of it is written, so that writing it can be whole or not at all.
  ///
  /// - Throws: ``StoreError`` with the code `invalid`, naming the first record that makes no sense.
  public func validate() throws(StoreError) {
    guard ConnectionID.accepts(connection.rawValue) else { throw invalid("its connection has no usable name") }
    var types: [RecordKind: ObjectIdentifier] = [:]
    for operation in operations {
      switch operation {
      case .upsert(let record): try check(record, types: &types)
      case .delete(let kind, let id, let version): try check(kind, id, times: [version])
      case .replace(let kind, let repository, let records):
        for record in records {
          try check(record, types: &types)
          try check(record, belongsTo: kind, in: repository)
        }
      }
    }
  }

  private func check(_ record: some StoredRecord, types: inout [RecordKind: ObjectIdentifier]) throws(StoreError) {
    let type = type(of: record)
    try check(type.kind, record.recordID, times: [record.recordTime] + record.parts.map(\.version))
    let identifier = ObjectIdentifier(type)
    guard types.updateValue(identifier, forKey: type.kind) ?? identifier == identifier else {
      throw invalid("two different types call themselves \"\(type.kind)\"; give each its own kind")
    }
  }

  private func check(_ kind: RecordKind, _ id: RecordID, times: [Date?]) throws(StoreError) {
    guard RecordID.accepts(id.rawValue) else {
      throw invalid("a record of the kind \"\(kind)\" has an id that is empty, longer than 1,024 bytes or has control characters")
    }
    guard times.allSatisfy({ $0?.isStorable ?? true }) else {
      throw invalid("the \(kind) \"\(id)\" has a time outside the years 1 to 9999")
    }
  }

  private func check(
    _ record: some StoredRecord, belongsTo kind: RecordKind, in repository: RepositoryID?
  ) throws(StoreError) {
    guard type(of: record).kind == kind else {
      throw invalid("the set of \(kind) records holds the \(type(of: record).kind) \"\(record.recordID)\"")
    }
    guard repository == nil || record.recordRepository == repository else {
      throw invalid(
        "the \(kind) \"\(record.recordID)\" is in a set of the repository \(repository?.rawValue ?? "") and not of it")
    }
  }

  private func invalid(_ reason: String) -> StoreError {
    StoreError(
      .invalid, operation: "write a batch of the connection \"\(connection)\"", reason: "\(reason). Nothing of it was written.")
  }
}

extension Date {
  /// Whether it has a written form that reads back: the years 1 to 9999.
  package var isStorable: Bool { (-62_135_596_800..<253_402_300_800).contains(timeIntervalSince1970) }
}
