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
  public mutating func ruleIndex(for path: String) -> Int? { ruleIndex(ofNext: path) }

  /// Returns what the file says about a path.
  public mutating func owners(of path: String) -> Ownership {
    guard matcher != nil else { return file.owners(of: path) }
    let rule = ruleIndex(for: path)
    return file.ownership(ofRule: rule)
  }

  /// Keeps the path for the next one to be compared with, and does not copy it.
  @inline(__always)
  mutating func ruleIndex(ofNext path: consuming String) -> Int? {
    guard let matcher else { return file.ruleIndex(for: path) }
    let rule = path.withBytes { path in
      let shared = previous.withBytes { path.common(from: 0, $0, from: 0, limit: min(path.byteCount, $0.byteCount)) }
      return matcher.use { walk.lastMatch(for: path, sharing: shared, in: $0) }
    }
    previous = path
    return rule
  }
}
