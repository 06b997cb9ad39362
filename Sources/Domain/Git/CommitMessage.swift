/// The beginning of a commit's message and what can be learnt from it.
package struct CommitMessage: Sendable {
  /// The most bytes that are looked at.
  package static let maximumBytes = 65_536
  /// The most lines that are looked at.
  package static let maximumLines = 500

  /// The first line that is not blank.
  package var subject = ""
  /// The first line after it that is not blank.
  package var title: String?
  /// The commit that it says it reverts.
  package var reverts: CommitID?
  /// The number of the merge request that it names in its body, as GitLab writes it.
  package var mergeRequest: Int?

  /// An empty message.
  package init() {}

  /// Reads what git prints.
  package init(_ bytes: UnsafeBufferPointer<UInt8>) {
    let lines = bytes.prefix(Self.maximumBytes).split(
      maxSplits: Self.maximumLines, omittingEmptySubsequences: true, whereSeparator: { $0 == 0x0A || $0 == 0x0D })
    var rest = lines[...].drop(while: Self.isBlank)
    guard let first = rest.popFirst() else { return }
    subject = PlainLine.text(first)
    for line in rest where !Self.isBlank(line) {
      if title == nil { title = PlainLine.text(line) }
      if reverts == nil { reverts = Self.reverted(line) }
      if mergeRequest == nil { mergeRequest = Self.mergeRequest(line) }
    }
  }

  /// Reads what a code host sends.
  package init(_ text: String) {
    var text = text
    self = text.withUTF8 { Self($0) }
  }

  private static func isBlank(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    line.allSatisfy { $0 == 0x20 || $0 == 0x09 }
  }

  /// Reads `This reverts commit 0123…` as `git revert` and GitHub's button write it.
  private static func reverted(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> CommitID? {
    guard let rest = line.dropping("This reverts commit ") else { return nil }
    return CommitID(rawValue: String(decoding: rest.prefix { isHexadecimal($0) }, as: UTF8.self))
  }

  /// Reads `See merge request group/project!12`.
  private static func mergeRequest(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard let rest = line.dropping("See merge request "), let mark = rest.lastIndex(of: UInt8(ascii: "!")) else { return nil }
    return Int(String(decoding: rest[rest.index(after: mark)...], as: UTF8.self)).flatMap { $0 > 0 ? $0 : nil }
  }

  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }
}

extension Collection<UInt8> {
  /// What follows `prefix`, or `nil` when it does not begin so.
  fileprivate func dropping(_ prefix: StaticString) -> SubSequence? {
    prefix.withUTF8Buffer { starts(with: $0) ? dropFirst($0.count) : nil }
  }
}
