import KoalrDomain

/// A line that an export is going to write.
struct ExportEntry: Sendable {
  let connection: ConnectionID
  var key: String
  let id: RecordID

  /// The most bytes of a line, for exports and imports: 64 MiB.
  static let maximumLine = 64 * 1024 * 1024

  /// Lists the records of one kind in the order of connection and key, with keys that are unique within a connection.
  static func list<Record: ExportedRecord>(
    _ type: Record.Type, _ store: any Store, _ names: inout ExportNames
  ) async throws -> [ExportEntry] {
    var entries: [ExportEntry] = []
    var changes = names
    try await store.forEachPage(RecordQuery(type)) { page in
      for held in page {
        if let change = held.value as? Change { changes.note(change) }
        let key = held.value.exportKey(changes, held.connection)
        entries.append(ExportEntry(connection: held.connection, key: key, id: held.value.recordID))
      }
    }
    names = changes
    return unique(entries)
  }

  /// Sorts entries; of several with one key the first by id keeps it and the others carry their id behind a `~`.
  ///
  /// That happens when a repository was deleted and another one took its name.
  static func unique(_ entries: [ExportEntry]) -> [ExportEntry] {
    var entries = entries.sorted(by: precedes)
    var hasRepetition = true
    while hasRepetition {
      hasRepetition = false
      var first = 0
      for index in entries.indices.dropFirst() {
        if entries[index].connection == entries[first].connection, ByteText(entries[index].key) == ByteText(entries[first].key) {
          entries[index].key += "~\(entries[index].id)"
          hasRepetition = true
        } else {
          first = index
        }
      }
      if hasRepetition { entries.sort(by: precedes) }
    }
    return entries
  }

  private static func precedes(_ left: Self, _ right: Self) -> Bool {
    let connections = ByteText.compare(ByteText(left.connection.rawValue), ByteText(right.connection.rawValue))
    if connections != 0 { return connections < 0 }
    let keys = ByteText.compare(ByteText(left.key), ByteText(right.key))
    return keys == 0 ? ByteText(left.id.rawValue) < ByteText(right.id.rawValue) : keys < 0
  }

  /// Writes a record as a line, without the line feed.
  ///
  /// - Throws: ``StoreError`` when the record holds something that has no written form.
  func line<Record: ExportedRecord>(of record: Record, _ names: ExportNames) throws -> [UInt8] {
    let value: ExportValue
    do {
      value = try record.exportValue(names, connection)
    } catch let error as EncodingError {
      throw unwritable(Record.kind, error.sentence)
    }
    var line: [UInt8] = []
    line.reserveCapacity(1024)
    line.append(contentsOf: #"{"kind":"#.utf8)
    line.append(json: .text(Record.kind.rawValue))
    line.append(contentsOf: #","key":"#.utf8)
    line.append(json: .text(key))
    line.append(contentsOf: #","connection":"#.utf8)
    line.append(json: .text(connection.rawValue))
    line.append(contentsOf: #","value":"#.utf8)
    line.append(json: value)
    line.append(UInt8(ascii: "}"))
    guard line.count <= Self.maximumLine else { throw unwritable(Record.kind, "It is larger than 64 MiB.") }
    return line
  }

  private func unwritable(_ kind: RecordKind, _ why: String) -> StoreError {
    StoreError(
      .damaged, operation: "export the \(kind) \"\(key)\" of the connection \"\(connection)\"",
      reason: "\(why) Delete the record, or sync it again, and repeat the export.")
  }
}

extension EncodingError {
  fileprivate var sentence: String {
    switch self {
    case .invalidValue(_, let context): context.debugDescription
    @unknown default: "It has no written form."
    }
  }
}
