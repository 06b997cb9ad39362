/// A parsed CODEOWNERS file that knows the owners of every path.
///
/// A lookup costs about the number of the path's segments, not the number of rules. See ``CodeOwnersParser``.
public struct CodeOwnersFile: Sendable {
  /// The rules that count, in the order of the file; the last one that matches a path decides.
  public let rules: [CodeOwnersRule]
  /// What is wrong or doubtful, by line.
  public let diagnostics: [CodeOwnersDiagnostic]
  private let trie: PatternTrie

  init(rules: [CodeOwnersRule], diagnostics: [CodeOwnersDiagnostic], trie: PatternTrie) {
    self.rules = rules
    self.diagnostics = diagnostics
    self.trie = trie
  }

  /// Returns what the file says about a path, relative to the repository and without a leading slash. Case matters.
  public func owners(of path: String) -> Ownership {
    guard let rule = rule(for: path) else { return .noRule }
    return rule.owners.isEmpty ? .unowned(line: rule.line) : .owned(rule.owners, line: rule.line)
  }

  /// Returns the rule that decides about a path, or `nil` when none matches.
  public func rule(for path: String) -> CodeOwnersRule? {
    var path = path
    return path.withUTF8 { trie.lastMatch(for: $0) }.map { rules[$0] }
  }
}

/// A line of a CODEOWNERS file that counts.
public struct CodeOwnersRule: Hashable, Sendable {
  /// The line, from 1.
  public var line: Int
  /// The pattern as written, escapes included.
  public var pattern: String
  /// Who owns what it matches; empty for a rule that names nobody.
  public var owners: [Owner]

  /// Makes a rule.
  public init(line: Int, pattern: String, owners: [Owner]) {
    self.line = line
    self.pattern = pattern
    self.owners = owners
  }
}
