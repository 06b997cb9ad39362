/// Goes through the lines of a file by GitHub's rules.
enum GitHubReader {
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  static func read(_ bytes: [UInt8]) -> FileContents {
    var contents = FileContents(bytes)
    guard contents.checkSize(bytes) else { return contents }
    var matcher = PatternMatcherBuilder()
    var reader = GitHubLineReader(bytes: bytes)
    for line in 0..<contents.lines.count {
      var range = contents.lines[line]
      if line == 0, bytes.starts(with: byteOrderMark) {
        range = byteOrderMark.count..<range.upperBound
        contents.diagnostics.add(.byteOrderMark)
      }
      reader.read(range, number: line + 1, into: &contents, &matcher)
    }
    contents.matchers = [SectionMatcher(section: nil, rules: matcher.finish(), exclusions: nil)]
    return contents
  }
}

extension FileContents {
  /// Returns whether a file is small enough to be read, and says so when it is not, or only just.
  mutating func checkSize(_ bytes: [UInt8]) -> Bool {
    guard bytes.count > CodeOwnersParser.cautiousBytes else { return true }
    isSkipped = bytes.count > CodeOwnersParser.maximumBytes
    let consequence =
      isSkipped ? "GitHub does not load one of more than 3 MB" : "GitHub may not load it, its limit is 3 MB"
    diagnostics.add(
      CodeOwnersDiagnostic(
        line: 1, column: 1, kind: isSkipped ? .fileTooLarge : .fileNearLimit,
        reason: "the file has \(bytes.count) bytes; \(consequence)", effect: isSkipped ? .fileSkipped : .note,
        advice: "own folders instead of single files, and remove rules that match nothing"))
    return !isSkipped
  }
}

extension CodeOwnersDiagnostic {
  static let byteOrderMark = Self(
    line: 1, column: 1, kind: .byteOrderMark,
    reason: "the file begins with a byte order mark, which is left out here; GitHub does not say what it does", effect: .note,
    advice: "save the file as UTF-8 without a byte order mark")
}
