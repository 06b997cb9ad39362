/// A part of a file's bytes, in half the room.
struct ByteRange: Hashable, Sendable {
  var start: UInt32
  var end: UInt32

  static let empty = Self(0..<0)

  init(_ range: Range<Int>) {
    start = UInt32(truncatingIfNeeded: range.lowerBound)
    end = UInt32(truncatingIfNeeded: range.upperBound)
  }

  var isEmpty: Bool { start == end }
  var range: Range<Int> { Int(start)..<Int(end) }
}

/// The rules of a file as places in its bytes.
struct RuleTable: Sendable {
  struct Entry: Sendable {
    var line: Int32
    var pattern: ByteRange
    /// A number of `OwnerLists`.
    var owners: Int32
    /// An index into the headers, or -1.
    var header: Int32 = -1
    /// Whether the owners of its header stand in for it.
    var inherits = false
    var isExclusion = false
    /// From `#` on; empty when there is none.
    var comment = ByteRange.empty
  }

  /// A line that begins a section or goes on with it, and the terms of the rules below it.
  struct Header: Sendable {
    /// The line, or 0 when the rules below it have none.
    var line: Int32
    var section: Int32
    var approvals: Int32
    /// A number of `OwnerLists`.
    var owners: Int32
  }

  private var entries: [Entry] = []
  /// In the order of the file.
  var headers: [Header] = []
  var ownerLists = OwnerLists()

  var count: Int { entries.count }
  subscript(index: Int) -> Entry { entries[index] }

  /// Makes room for as many rules.
  mutating func reserve(_ count: Int) {
    entries.reserveCapacity(count)
    ownerLists.reserve(count / 2)
  }

  /// Adds a rule of a later line than those before and returns its index.
  @discardableResult
  mutating func append(_ entry: Entry) -> Int32 {
    entries.append(entry)
    return Int32(entries.count - 1)
  }

  func owners(of rule: Int) -> [Owner] { ownerLists[entries[rule].owners] }

  /// Returns the header that a rule stands under.
  func header(of rule: Int) -> Header? { entries[rule].header < 0 ? nil : headers[Int(entries[rule].header)] }

  /// Returns the section of a rule, which has one.
  func section(of rule: Int) -> Int { header(of: rule).map { Int($0.section) } ?? 0 }

  /// Returns who owns what a rule matches: those that it names, or those of its header.
  func decidingOwners(of rule: Int) -> [Owner] {
    guard entries[rule].inherits, let header = header(of: rule) else { return owners(of: rule) }
    return ownerLists[header.owners]
  }

  /// Returns the rule that stands on a line.
  func rule(atLine line: Int) -> Int? { entries.firstIndex(ofLine: line, \.line) }

  /// Returns the section of the header that stands on a line.
  func section(atLine line: Int) -> Int? {
    headers.firstIndex(ofLine: line, \.line).map { Int(headers[$0].section) }
  }
}

extension Array {
  /// Searches what is sorted by line.
  fileprivate func firstIndex(ofLine line: Int, _ lineOf: (Element) -> Int32) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if lineOf(self[middle]) < line { low = middle + 1 } else { high = middle }
    }
    return low < count && lineOf(self[low]) == line ? low : nil
  }
}
