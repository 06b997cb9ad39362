extension CodeOwnersParser.Dialect {
  /// Returns the dialect that a file is written in, as far as it shows.
  ///
  /// A file in a host's own folder is in that host's dialect (``ofFolder(around:)``). In any other, the first sign decides: a section header
  /// that can be read whole (`[Docs][2] @acme`), a role (`@@owner`) or a group below a group (`@a/b/c`) is GitLab's; a group with a
  /// selection (`@acme/web:random(2)`) is Bitbucket's. Without a sign it is GitHub's. Costs the length of the file at most.
  ///
  /// - Parameters:
  ///   - path: Where the file lies, if that is known.
  ///   - bytes: What it says.
  public static func detected(path: String?, bytes: [UInt8]) -> Self {
    if let path, let dialect = ofFolder(around: path) { return dialect }
    let lines = LineIndex(bytes)
    return (0..<lines.count).lazy.compactMap { sign(in: bytes.trimmingLine(lines.content($0, of: bytes)), of: bytes) }.first
      ?? .gitHub
  }

  /// Returns the dialect of the host whose own folder a file lies in: `.github`, `.gitlab` or `.bitbucket`; `nil` in any other.
  ///
  /// - Parameter path: Where the file lies; its last folder counts.
  public static func ofFolder(around path: String) -> Self? {
    switch path.split(separator: "/").dropLast().last {
    case ".github": .gitHub
    case ".gitlab": .gitLab
    case ".bitbucket": .bitbucket
    default: nil
    }
  }

  private static func sign(in line: Range<Int>, of bytes: [UInt8]) -> Self? {
    let text = bytes[line].prefix { $0 != .hash }
    if SectionHeader.begins(text) { return isWholeHeader(text, of: bytes) ? .gitLab : nil }
    for word in bytes.words(in: text.indices).dropFirst() where bytes[word.lowerBound] == .at {
      switch Owner(gitLab: bytes[word]) {
      case .role: return .gitLab
      case .team where bytes[word].count { $0 == .slash } > 1: return .gitLab
      default: if Owner(bitbucket: bytes[word])?.selection != nil { return .bitbucket }
      }
    }
    return nil
  }

  private static func isWholeHeader(_ text: ArraySlice<UInt8>, of bytes: [UInt8]) -> Bool {
    guard let header = SectionHeader(text) else { return false }
    return header.ignored.isEmpty && !bytes[header.name].allSatisfy(\.isBlank)
      && bytes.words(in: header.owners).allSatisfy { Owner(gitLab: bytes[$0]) != nil }
  }
}
