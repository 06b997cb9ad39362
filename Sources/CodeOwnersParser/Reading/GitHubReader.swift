/// Goes through the lines of a file by GitHub's rules.
enum GitHubReader {
  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  static func read(_ bytes: [UInt8], owners: OwnerGrammar = .gitHub) -> FileContents {
    var contents = FileContents(bytes)
    guard owners == .gitHub ? contents.checkSize(bytes) : contents.checkRoom(bytes) else { return contents }
    var matcher = PatternMatcherBuilder(room: contents.lines.count)
    contents.table.reserve(contents.lines.count)
    var reader = GitHubLineReader(bytes: bytes, grammar: owners)
    contents.noteByteOrderMark(bytes)
    for line in 0..<contents.lines.count {
      reader.read(contents.lines.content(line, of: bytes), number: line + 1, into: &contents, &matcher)
    }
    contents.matcher = (consume matcher).finish()
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

  /// Returns whether there are numbers for its lines, in a dialect that names no limit.
  mutating func checkRoom(_ bytes: [UInt8]) -> Bool {
    isSkipped = Int32(exactly: bytes.count) == nil
    guard isSkipped else { return true }
    diagnostics.add(
      CodeOwnersDiagnostic(
        line: 1, column: 1, kind: .fileTooLarge, reason: "the file has \(bytes.count) bytes; above 2 GiB it is not read",
        effect: .fileSkipped, advice: "own folders instead of single files, and remove rules that match nothing"))
    return false
  }

  mutating func noteByteOrderMark(_ bytes: [UInt8]) {
    if bytes.starts(with: GitHubReader.byteOrderMark) { diagnostics.add(.byteOrderMark) }
  }
}

extension CodeOwnersDiagnostic {
  static let byteOrderMark = Self(
    line: 1, column: 1, kind: .byteOrderMark,
    reason: "the file begins with a byte order mark, which is left out here; no host says what it does with one", effect: .note,
    advice: "save the file as UTF-8 without a byte order mark")
}
