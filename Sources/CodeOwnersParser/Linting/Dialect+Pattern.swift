extension CodeOwnersParser.Dialect {
  /// Cuts one pattern as the dialect does, and says whether a folder it matches owns what is in it; `nil` for one that the dialect
  /// does not have.
  func pattern(_ text: String) -> (pattern: Pattern, ownsSubtree: Bool)? {
    let bytes = Array(text.utf8)
    var pattern = Pattern()
    guard !bytes.isEmpty else { return nil }
    guard self != .gitLab else {
      GitLabPattern(bytes[...]).read(into: &pattern)
      return (pattern, false)
    }
    guard let range = try? GitHubPatternReader.extent(in: bytes.indices, of: bytes),
      (try? GitHubPatternReader.read(range, of: bytes, into: &pattern)) != nil
    else { return nil }
    return (pattern, pattern.segments.last != .anyOne)
  }
}
