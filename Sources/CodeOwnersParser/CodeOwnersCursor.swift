/// Asks a file about path after path, and looks up what neighbours begin with in common only once.
///
/// ```swift
/// var cursor = CodeOwnersCursor(file)
/// for path in sortedPaths { print(path, cursor.owners(of: path)) }
/// ```
/// Paths may come in any order and get the answers that ``CodeOwnersFile`` gives; sorted ones are the cheap ones.
public struct CodeOwnersCursor: ~Copyable {
  private let file: CodeOwnersFile
  /// Of files in which the last rule decides.
  private let matcher: Lent<PatternMatcher>?
  private var walk = PatternWalk.ofNeighbours()
  private var previous = ""

  /// Makes a cursor; costs nothing that depends on the file.
  public init(_ file: CodeOwnersFile) {
    self.file = file
    matcher = file.soleMatcher
  }

  /// Returns the index into ``CodeOwnersFile/rules`` of the rule that decides about a path.
  public mutating func ruleIndex(for path: String) -> Int? {
    let rule = ruleIndex(for: path, after: previous)
    previous = path
    return rule
  }

  /// Returns what the file says about a path.
  public mutating func owners(of path: String) -> Ownership {
    guard matcher != nil else { return file.owners(of: path) }
    let rule = ruleIndex(for: path)
    return file.ownership(ofRule: rule)
  }

  /// Returns the index of the rule that decides about a path; `previous` is the path that was asked about before.
  @inline(__always)
  mutating func ruleIndex(for path: String, after previous: String) -> Int? {
    guard let matcher else { return file.ruleIndex(for: path) }
    return path.withBytes(and: previous) { Self.ruleIndex(for: $0, after: $1, &walk, matcher) }
  }

  /// Releases nothing that others hold, and the compiler is told so: then neither path is retained for it.
  @inline(never) @_effects(releasenone)
  private static func ruleIndex(
    for path: RawSpan, after previous: RawSpan, _ walk: inout PatternWalk<LastMatch>, _ matcher: Lent<PatternMatcher>
  ) -> Int? {
    matcher.use { walk.lastMatch(for: path, sharing: path.commonPrefix(with: previous), in: $0) }
  }
}
