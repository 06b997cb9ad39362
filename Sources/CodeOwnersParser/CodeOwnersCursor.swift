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
  private var walk = PatternWalk(LastMatch.self, plain: SmallStack(), loops: SmallStack(), keepsLevels: true)
  private var previous = PathMemory()

  /// Makes a cursor; costs nothing that depends on the file.
  public init(_ file: CodeOwnersFile) {
    self.file = file
    matcher = file.soleMatcher
  }

  /// Returns the index into ``CodeOwnersFile/rules`` of the rule that decides about a path.
  public mutating func ruleIndex(for path: String) -> Int? {
    guard let matcher else { return file.ruleIndex(for: path) }
    return matcher.use { matcher in path.withBytes { lastMatch(for: $0, in: matcher) } }
  }

  /// Returns what the file says about a path.
  public mutating func owners(of path: String) -> Ownership {
    matcher == nil ? file.owners(of: path) : file.ownership(ofRule: ruleIndex(for: path))
  }

  private mutating func lastMatch(for path: RawSpan, in matcher: PatternMatcher) -> Int? {
    let shared = previous.replace(by: path)
    if let start = walk.goBack(toWithin: shared) {
      walk.go(path, from: start, in: matcher)
    } else {
      walk.begin(path, in: matcher)
      walk.go(path, in: matcher)
    }
    let best = walk.sink.best
    return best < 0 ? nil : Int(best)
  }
}
