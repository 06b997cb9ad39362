/// The rules of a file in its order, each made when it is asked for.
public struct CodeOwnersRules: RandomAccessCollection, Sendable {
  let bytes: [UInt8]
  let table: RuleTable

  // swift-format-ignore: AllPublicDeclarationsHaveDocumentation
  public var startIndex: Int { 0 }
  // swift-format-ignore: AllPublicDeclarationsHaveDocumentation
  public var endIndex: Int { table.count }

  /// Returns a rule; costs the length of its pattern and comment.
  public subscript(index: Int) -> CodeOwnersRule {
    let entry = table[index]
    return CodeOwnersRule(
      line: Int(entry.line), pattern: text(entry.pattern), owners: table.owners(of: index),
      section: table.header(of: index).map { Int($0.section) }, isExclusion: entry.isExclusion,
      comment: entry.comment.isEmpty ? nil : text(entry.comment).drop { $0 == "#" }.description)
  }

  private func text(_ range: ByteRange) -> String { String(decoding: bytes[range.range], as: UTF8.self) }
}
