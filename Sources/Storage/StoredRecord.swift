public import KoalrDomain

/// A domain value that a ``Store`` keeps.
///
/// A record is identified by its connection, its kind and the source's own stable id; names are attributes. It is made of *parts*
/// that come from separate questions and age separately: a check does not move its pull request's `updatedAt`, and files are read
/// long after the title. Newer wins part by part; a part that a value does not know leaves the stored one alone.
public protocol StoredRecord: Hashable, Sendable, Codable {
  /// The kind of record.
  static var kind: RecordKind { get }
  /// The source's stable id.
  var recordID: RecordID { get }
  /// The repository it belongs to, for reading by repository.
  var recordRepository: RepositoryID? { get }
  /// The time it belongs to, for reading by time window.
  var recordTime: Date? { get }
  /// The parts this value knows, each with the source's version time where there is one.
  var parts: [RecordPart] { get }
  /// Whether ``StoredRecord/take(_:from:)`` keeps nothing of the older value when it takes the part `whole`, the only one there is.
  /// A store may then overwrite a record without decoding what it holds.
  static var isReplacedWhole: Bool { get }
  /// Takes over one part from a newer value of the same record.
  mutating func take(_ part: RecordPart.Name, from newer: Self)
}

extension StoredRecord {
  /// No repository.
  public var recordRepository: RepositoryID? { nil }
  /// No time.
  public var recordTime: Date? { nil }
  /// One part, without a version: the order of observation decides.
  public var parts: [RecordPart] { [RecordPart(.whole, version: nil)] }
  /// Not promised.
  public static var isReplacedWhole: Bool { false }
  /// Takes everything.
  public mutating func take(_ part: RecordPart.Name, from newer: Self) { self = newer }
}

/// A part of a record that ages by itself.
public struct RecordPart: Hashable, Sendable {
  /// Which part.
  public var name: Name
  /// The source's version time; `nil` where the order of observation has to decide.
  public var version: Date?

  /// Makes a part.
  public init(_ name: Name, version: Date?) {
    self.name = name
    self.version = version
  }

  /// The name of a part.
  public struct Name: RawRepresentable, Hashable, Sendable, Codable {
    /// The word as stored.
    public var rawValue: String
    /// Wraps a word.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// The record itself, without parts that have names of their own.
    public static let whole = Self(rawValue: "whole")
  }
}

/// The kind of a record, as it is stored and exported.
public struct RecordKind: RawRepresentable, Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
  /// The word as stored.
  public var rawValue: String
  /// Wraps a word.
  public init(rawValue: String) { self.rawValue = rawValue }
  /// The word.
  public var description: String { rawValue }
  /// Orders by the word.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A record's id within its connection and kind.
public struct RecordID: Identifier {
  /// The text.
  public let rawValue: String
  /// Wraps a checked text.
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  /// What a person calls it.
  public static var noun: String { "record id" }
  /// Accepts 1 to 1,024 bytes without control characters.
  public static func accepts(_ rawValue: String) -> Bool {
    let bytes = rawValue.utf8
    return !bytes.isEmpty && bytes.count <= 1024 && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }
}

/// Identifies a record in a store.
public struct RecordKey: Hashable, Sendable {
  /// The connection it came through.
  public var connection: ConnectionID
  /// Its kind.
  public var kind: RecordKind
  /// Its id there.
  public var id: RecordID

  /// Makes a key.
  public init(connection: ConnectionID, kind: RecordKind, id: RecordID) {
    self.connection = connection
    self.kind = kind
    self.id = id
  }
}
