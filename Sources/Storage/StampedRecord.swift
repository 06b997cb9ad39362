public import KoalrDomain

/// A record with the version of each of its parts: the rule "newer wins, part by part" in one place for every store.
///
/// A store reads the stamped record, merges the new value into it and writes it back, all in one transaction.
public struct StampedRecord<Record: StoredRecord>: Sendable {
  /// The record as it is now.
  public private(set) var value: Record
  /// The parts that are known, each with the version of the value that was taken.
  public private(set) var stamps: [RecordPart]

  /// Stamps a record that is seen for the first time.
  public init(_ value: Record) { self.init(value: value, stamps: value.parts) }

  /// Puts together what a store kept.
  public init(value: Record, stamps: [RecordPart]) {
    self.value = value
    self.stamps = stamps
  }

  /// Takes over those parts of another value that are not older than what is here.
  public mutating func merge(_ other: Record) {
    for part in stamps.takeOver(other.parts) { value.take(part, from: other) }
  }

  /// Whether a deletion at `version` removes it: not when the record is newer.
  public func yields(toDeletionAt version: Date?) -> Bool {
    RecordPart(.whole, version: version).isNotOlder(than: RecordPart(.whole, version: stamps.wholeVersion))
  }
}

extension StoredRecord {
  /// Whether it comes back although it was deleted at `deletion`: when it is newer, or when its age is unknown.
  public func outlives(deletionAt deletion: Date?) -> Bool {
    guard let deletion, let version = parts.wholeVersion else { return true }
    return version > deletion
  }
}

extension RecordPart {
  /// Whether a value of this version replaces the stored one: where a version is unknown, the order of writing decides.
  package func isNotOlder(than stored: RecordPart) -> Bool {
    guard let version, let storedVersion = stored.version else { return true }
    return version >= storedVersion
  }
}

extension [RecordPart] {
  /// Takes over the stamps of those parts of another value that are not older than what is here. Returns which they are.
  package mutating func takeOver(_ others: [RecordPart]) -> [RecordPart.Name] {
    others.compactMap { part in
      if let index = firstIndex(where: { $0.name == part.name }) {
        guard part.isNotOlder(than: self[index]) else { return nil }
        self[index] = part
      } else {
        append(part)
      }
      return part.name
    }
  }

  fileprivate var wholeVersion: Date? { first { $0.name == .whole }?.version }
}
