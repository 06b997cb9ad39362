/// GitHub's rules word by word, trying everything: exponential, and short enough to be believed.
struct NaiveMatcher {
  private let segments: [String]

  init(_ pattern: String) {
    var parts = Self.split(pattern)
    let endsWithSlash = parts.count > 1 && parts.last == ""
    if parts.count > 1, parts[0] == "" {
      parts.removeFirst()
    } else if parts.count == (endsWithSlash ? 2 : 1), parts[0] != "**" {
      parts.insert("**", at: 0)
    }
    if endsWithSlash, parts.count > 1 { parts[parts.count - 1] = "**" }
    segments = parts
  }

  func matches(_ path: String) -> Bool {
    // A quirk of GitHub's: two "**" at the start match nothing.
    if segments.starts(with: ["**", "**"]) { return false }
    return matches(segments[...], Self.split(path)[...])
  }

  private func matches(_ pattern: ArraySlice<String>, _ path: ArraySlice<String>) -> Bool {
    guard let first = pattern.first else { return path.isEmpty || segments.last != "*" }
    let rest = pattern.dropFirst()
    if first == "**" {
      if rest.isEmpty { return !path.isEmpty }
      return (0...path.count).contains { matches(rest, path.dropFirst($0)) }
    }
    guard let name = path.first, !first.isEmpty, !name.isEmpty else { return false }
    return Self.fits(Array(first.unicodeScalars)[...], Array(name.unicodeScalars)[...]) && matches(rest, path.dropFirst())
  }

  static func fits(_ glob: ArraySlice<Unicode.Scalar>, _ name: ArraySlice<Unicode.Scalar>) -> Bool {
    guard let first = glob.first else { return name.isEmpty }
    if first == "*" { return (0...name.count).contains { fits(glob.dropFirst(), name.dropFirst($0)) } }
    guard let scalar = name.first else { return false }
    if first == "?" { return fits(glob.dropFirst(), name.dropFirst()) }
    let literal = first == "\\" ? glob.dropFirst() : glob
    return literal.first == scalar && fits(literal.dropFirst(), name.dropFirst())
  }

  private static func split(_ text: String) -> [String] {
    text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
  }
}
