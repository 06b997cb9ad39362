extension CodeOwnersFile {
  /// Calls a function with the owners of path after path.
  ///
  /// Sorted paths are the cheap ones, see ``CodeOwnersCursor``; others get the same answers.
  public func forEachOwner(ofSorted paths: some Sequence<String>, _ body: (String, Ownership) -> Void) {
    var cursor = CodeOwnersCursor(self)
    // As an array, because a sequence that is not known yet is slow to go through.
    for path in Array(paths) { body(path, cursor.owners(of: path)) }
  }

  /// Returns the index into ``rules`` of the rule that decides about each path, as ``ruleIndex(for:)`` does.
  public func ruleIndices(ofSorted paths: some Sequence<String>) -> [Int?] {
    var cursor = CodeOwnersCursor(self)
    let paths = Array(paths)
    var rules: [Int?] = []
    rules.reserveCapacity(paths.count)
    if let first = paths.first { rules.append(cursor.ruleIndex(for: first)) }
    for (path, previous) in zip(paths.dropFirst(), paths) { rules.append(cursor.ruleIndex(for: path, after: previous)) }
    return rules
  }
}
