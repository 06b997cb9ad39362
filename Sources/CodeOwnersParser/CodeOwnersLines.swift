/// The lines of a file, each made when it is asked for; index 0 is line 1.
public struct CodeOwnersLines: RandomAccessCollection, Sendable {
  let bytes: [UInt8]
  let contents: FileContents

  // swift-format-ignore: AllPublicDeclarationsHaveDocumentation
  public var startIndex: Int { 0 }
  // swift-format-ignore: AllPublicDeclarationsHaveDocumentation
  public var endIndex: Int { contents.lines.count }

  /// Returns a line; costs its length and a search for what it says.
  public subscript(index: Int) -> CodeOwnersLine {
    let range = contents.lines[index]
    var end = range.upperBound
    if end > range.lowerBound, bytes[end - 1] == .newline { end -= 1 }
    if end > range.lowerBound, bytes[end - 1] == .carriageReturn { end -= 1 }
    return CodeOwnersLine(
      number: index + 1, range: range, text: String(decoding: bytes[range.lowerBound..<end], as: UTF8.self),
      content: content(index + 1, bytes[range.lowerBound..<end]))
  }

  private func content(_ line: Int, _ text: ArraySlice<UInt8>) -> CodeOwnersLine.Content {
    if let rule = contents.table.rule(atLine: line) { return .rule(rule) }
    if let section = contents.table.section(atLine: line) { return .section(section) }
    let isFirst = line == 1 && text.starts(with: GitHubReader.byteOrderMark)
    guard let first = text.dropFirst(isFirst ? 3 : 0).first(where: { !$0.isBlank }) else { return .blank }
    return first == .hash && !contents.isSkipped ? .comment : .skipped
  }
}
