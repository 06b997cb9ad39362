extension CodeOwnersParser.Dialect {
  /// Returns the dialect that a file is written in, as far as it shows.
  ///
  /// A file in `.github/`, `.gitlab/` or `.bitbucket/` is in that host's. In any other, the first sign decides: a section header that can
  /// be read whole (`[Docs][2] @acme`), a role (`@@owner`) or a group below a group (`@a/b/c`) is GitLab's; a group with a selection
  /// (`@acme/web:random(2)`) is Bitbucket's. Without a sign it is GitHub's. Costs the length of the file at most.
  ///
  /// - Parameters:
  ///   - path: Where the file lies, if that is known; its last folder counts.
  ///   - bytes: What it says.
  public static func detected(path: String?, bytes: [UInt8]) -> Self {
    if let folder = path?.split(separator: "/").dropLast().last {
      switch folder {
      case ".github": return .gitHub
      case ".gitlab": return .gitLab
      case ".bitbucket": return .bitbucket
      default: break
      }
    }
    let lines = LineIndex(bytes)
    return (0..<lines.count).lazy.compactMap { sign(in: bytes.trimmingLine(lines.content($0, of: bytes)), of: bytes) }.first
      ?? .gitHub
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
