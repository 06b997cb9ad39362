extension CodeOwnersParser {
  /// Whose rules apply; a set that may grow.
  public struct Dialect: Hashable, Sendable {
    private enum Host: String { case gitHub = "GitHub" }
    private let host: Host

    /// GitHub's: the last matching rule decides, no sections.
    ///
    /// Source: docs.github.com, "About code owners".
    public static let gitHub = Self(host: .gitHub)

    /// Where the host looks for the file, in its order: the first that is found counts.
    public var locations: [String] {
      switch host {
      case .gitHub: [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"]
      }
    }

    func read(_ bytes: [UInt8]) -> FileContents {
      switch host {
      case .gitHub: GitHubReader.read(bytes)
      }
    }
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension CodeOwnersParser.Dialect: CustomStringConvertible {
  public var description: String { host.rawValue }
}
