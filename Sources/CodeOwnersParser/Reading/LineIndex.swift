/// Where the lines of a file begin.
struct LineIndex: Sendable {
  private var starts: [UInt32] = []
  private let byteCount: Int

  init(_ bytes: [UInt8]) {
    byteCount = bytes.count
    guard byteCount > 0 else { return }
    starts.reserveCapacity(byteCount / 64)
    starts.append(0)
    // Above this the starts have no room; such a file is one line, which no host would read either.
    guard UInt32(exactly: byteCount) != nil else { return }
    bytes.span.bytes.forEachPlace({ $0.places(of: .newline) }) { end in
      if end + 1 < byteCount { starts.append(UInt32(end + 1)) }
    }
  }

  var count: Int { starts.count }

  /// The bytes of a line, without a byte order mark before it.
  func content(_ line: Int, of bytes: [UInt8]) -> Range<Int> {
    let range = self[line]
    guard line == 0, bytes.starts(with: GitHubReader.byteOrderMark) else { return range }
    return GitHubReader.byteOrderMark.count..<range.upperBound
  }

  /// The bytes of a line, with those that end it.
  subscript(line: Int) -> Range<Int> {
    Int(starts[line])..<(line + 1 < starts.count ? Int(starts[line + 1]) : byteCount)
  }
}
