import KoalrDomain

// What the standard library and the domain's protocols have in common with one CBOR item each.

extension DirectValue where Self: RecordScalar {
  @inline(__always)
  static func read(from reader: inout DirectReader) throws(RecordFault) -> Self { try reader.scalar(Self.self) }

  @inline(__always)
  func write(to writer: inout DirectWriter) { writer.scalar(self) }
}

extension String: DirectValue {
  // One body for all texts: creating a string is too large to be repeated for each key.
  @inline(never)
  static func read(from reader: inout DirectReader) throws(RecordFault) -> String { try reader.scalar(String.self) }

  @inline(never)
  func write(to writer: inout DirectWriter) { writer.scalar(self) }
}

extension Bool: DirectValue {}
extension Int: DirectValue {}
extension Double: DirectValue {}
extension Date: DirectValue {}

extension Array: DirectValue where Element: DirectValue {
  static func read(from reader: inout DirectReader) throws(RecordFault) -> [Element] {
    let (count, room) = try reader.openArray()
    var elements: [Element] = []
    elements.reserveCapacity(room)
    for _ in 0..<count { elements.append(try Element.read(from: &reader)) }
    return elements
  }

  func write(to writer: inout DirectWriter) {
    writer.openArray(count)
    for element in self { element.write(to: &writer) }
  }
}

/// A value that is stored as a text that not every text may be.
protocol DirectText: DirectValue, RawRepresentable where RawValue == String {}

extension DirectText {
  static func read(from reader: inout DirectReader) throws(RecordFault) -> Self {
    guard let value = Self(rawValue: try String.read(from: &reader)) else { throw .notText }
    return value
  }

  func write(to writer: inout DirectWriter) { rawValue.write(to: &writer) }
}

// Identifiers are checked as `Identifier.init(from:)` does.
extension ChangeID: DirectText {}
extension CommitID: DirectText {}
extension IncidentID: DirectText {}
extension Login: DirectText {}
extension RepositoryID: DirectText {}
extension SourceID: DirectText {}

extension Change.State: DirectText {}
extension ChangedFile.Status: DirectText {}
extension DeploymentStatus.State: DirectText {}
extension Issue.State: DirectText {}
extension Review.State: DirectText {}
extension RiskBand: DirectText {}
