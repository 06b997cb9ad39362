/// Patterns that match some files of a repository and no others of it.
struct ExactPatterns {
  /// A pattern and the files it is meant for.
  struct Part {
    var pattern: String
    var paths: [String]
  }

  private(set) var parts: [Part] = []
  /// Files for which there is no such pattern.
  private(set) var unmatched: [String] = []

  /// Names a folder where all that is in it is meant, else files one by one.
  ///
  /// - Parameters:
  ///   - meant: The files to match, sorted.
  ///   - all: All files of the repository, those among them.
  init(for meant: [String], of all: [String], dialect: CodeOwnersParser.Dialect) {
    var wanted: [String: Int] = [:]
    for folder in meant.lazy.flatMap(Self.folders) { wanted[folder, default: 0] += 1 }
    var present: [String: Int] = [:]
    for folder in all.lazy.flatMap(Self.folders) where wanted[folder] != nil { present[folder, default: 0] += 1 }
    var places: [String: Int] = [:]
    for path in meant {
      let folder = Self.folders(of: path).first { wanted[$0] == present[$0] }
      let pattern = folder.map(Self.pattern(ofFolder:)) ?? Self.pattern(ofFile: path)
      let place = places[pattern] ?? parts.count
      places[pattern] = place
      if place == parts.count { parts.append(Part(pattern: pattern, paths: [])) }
      parts[place].paths.append(path)
    }
    check(against: all, dialect)
  }

  /// Lets the parser try the patterns, and gives up those that match too little or too much.
  private mutating func check(against all: [String], _ dialect: CodeOwnersParser.Dialect) {
    let file = CodeOwnersParser(dialect: dialect).parse(parts.map { "\($0.pattern) @owner\n" }.joined())
    var matched = Array(repeating: Set<String>(), count: parts.count)
    for path in all {
      for rule in file.matches(of: path) { matched[rule.line - 1].insert(path) }
    }
    let isExact = zip(parts, matched).map { Set($0.paths) == $1 }
    unmatched = zip(parts, isExact).filter { !$1 }.flatMap(\.0.paths)
    parts = zip(parts, isExact).filter(\.1).map(\.0)
  }

  /// The folders around a path, the root, "", first.
  private static func folders(of path: String) -> [String] {
    let bytes = path.utf8
    return [""] + bytes.indices.filter { bytes[$0] == .slash }.map { String(path[..<$0]) }
  }

  private static func pattern(ofFolder folder: String) -> String { folder.isEmpty ? "*" : pattern(ofFile: folder) + "/" }

  /// What cannot be written as it is becomes `?`: `#` begins a comment at GitHub wherever it stands.
  private static func pattern(ofFile path: String) -> String {
    var pattern = "/"
    for scalar in path.unicodeScalars {
      switch scalar {
      case " ", "*", "?", "[", "]", "\\": pattern += "\\" + String(scalar)
      case "#", "\u{0}"..."\u{1F}", "\u{7F}": pattern += "?"
      default: pattern.unicodeScalars.append(scalar)
      }
    }
    return pattern
  }
}
