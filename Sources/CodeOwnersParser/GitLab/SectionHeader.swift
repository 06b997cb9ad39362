/// A line that begins a section: `^[Name][2] @defaults`.
struct SectionHeader {
  var name: Range<Int>
  var isOptional: Bool
  /// The number in the second brackets; `nil` when there is none.
  var approvals: Int?
  /// The default owners.
  var owners: Range<Int>
  /// What stands where only a blank may, and everything behind it: GitLab passes over it.
  var ignored: Range<Int>

  /// Whether a line, without blanks around it, is meant to be a header.
  static func begins(_ line: ArraySlice<UInt8>) -> Bool {
    line.first == .openingBracket || line.first == .caret && line.dropFirst().first == .openingBracket
  }

  /// Reads a line that begins like a header; `nil` when its name is never closed.
  init?(_ line: ArraySlice<UInt8>) {
    isOptional = line.first == .caret
    let start = line.startIndex + (isOptional ? 2 : 1)
    guard let close = line[start...].firstIndex(of: .closingBracket) else { return nil }
    name = start..<close
    var rest = line[(close + 1)...]
    if rest.first == .openingBracket, let end = rest.firstIndex(of: .closingBracket) {
      let digits = rest[(rest.startIndex + 1)..<end]
      if digits.allSatisfy(\.isDigit) {
        approvals = Self.number(digits)
        rest = rest[(end + 1)...]
      }
    }
    let isRead = rest.first.map(\.isBlank) ?? true
    owners = isRead ? rest.indices : line.endIndex..<line.endIndex
    ignored = isRead ? line.endIndex..<line.endIndex : rest.indices
  }

  /// No digits are no number; more than a million approvals are a million.
  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty else { return nil }
    return digits.reduce(0) { min($0 * 10 + Int($1 - UInt8(ascii: "0")), 1_000_000) }
  }
}
