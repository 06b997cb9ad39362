extension CodeOwnersParser {
  /// Whose rules apply; a set that may grow.
  public struct Dialect: Hashable, Sendable {
    private enum Host: String {
      case gitHub = "GitHub"
      case gitLab = "GitLab"
      case bitbucket = "Bitbucket"
    }
    private let host: Host

    /// GitHub's: the last matching rule decides, no sections.
    ///
    /// Source: docs.github.com, "About code owners".
    public static let gitHub = Self(host: .gitHub)

    /// GitLab's: sections that decide each for itself, approvals, default owners, roles, exclusions.
    ///
    /// Source: docs.gitlab.com, "Syntax of CODEOWNERS file" and "Advanced CODEOWNERS configuration".
    public static let gitLab = Self(host: .gitLab)

    /// Bitbucket's: GitHub's patterns, groups of which a few are asked (``ReviewerSelection``), nothing required.
    ///
    /// Source: support.atlassian.com, "Set up and use code owners".
    public static let bitbucket = Self(host: .bitbucket)

    /// Where the host looks for the file, in its order: the first that is found counts.
    public var locations: [String] {
      switch host {
      case .gitHub: [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"]
      case .gitLab: ["CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"]
      case .bitbucket: [".bitbucket/CODEOWNERS"]
      }
    }

    /// Whether owners are asked for a review and none of theirs is required.
    var onlySuggests: Bool { host == .bitbucket }

    func read(_ bytes: [UInt8]) -> FileContents {
      switch host {
      case .gitHub: GitHubReader.read(bytes)
      case .gitLab: GitLabReader.read(bytes)
      case .bitbucket: GitHubReader.read(bytes, owners: .bitbucket)
      }
    }
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension CodeOwnersParser.Dialect: CustomStringConvertible {
  public var description: String { host.rawValue }
}
