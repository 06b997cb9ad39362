public struct CodeOwnersParser: Sendable {
  public struct Dialect: Hashable, Sendable { public static let gitHub = Self() }
  public init(dialect: Dialect = .gitHub) {}
  public func parse(_ text: String) -> CodeOwnersFile { CodeOwnersFile(rules: [], diagnostics: [], trie: PatternTrie()) }
}
