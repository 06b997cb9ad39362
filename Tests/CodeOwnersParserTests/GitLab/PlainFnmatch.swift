/// What GitLab's documentation says about patterns, written down a second time and without any thought of speed.
enum PlainFnmatch {
  static func matches(pattern: String, path: String) -> Bool {
    matches(Array(normalized(pattern).unicodeScalars)[...], Array("/\(path)".unicodeScalars)[...], isStart: true)
  }

  /// The pattern in full: two that are equal here are one.
  static func normalized(_ pattern: String) -> String {
    if pattern == "*" { return "/**/*" }
    var text = pattern.hasPrefix("/") ? pattern : "/**/" + pattern
    if text.hasSuffix("/") { text += "**/*" }
    return text
  }

  private typealias Text = ArraySlice<Unicode.Scalar>

  /// `isStart`: whether a segment of the pattern begins here.
  private static func matches(_ pattern: Text, _ path: Text, isStart: Bool) -> Bool {
    if isStart, pattern.starts(with: "**/".unicodeScalars) {
      if matches(pattern.dropFirst(3), path, isStart: true) { return true }
      guard let slash = path.firstIndex(of: "/") else { return false }
      return matches(pattern, path[(slash + 1)...], isStart: true)
    }
    guard let token = pattern.first else { return path.isEmpty }
    let inSegment = path.first != nil && path.first != "/"
    switch token {
    case "*":
      return matches(pattern.dropFirst(), path, isStart: false)
        || inSegment && matches(pattern, path.dropFirst(), isStart: false)
    case "?": return inSegment && matches(pattern.dropFirst(), path.dropFirst(), isStart: false)
    case "[":
      guard inSegment, let scalar = path.first, let rest = afterSet(pattern.dropFirst(), scalar) else { return false }
      return matches(rest, path.dropFirst(), isStart: false)
    default:
      let literal = token == "\\" && pattern.count > 1 ? pattern.dropFirst() : pattern
      guard let first = literal.first, first == path.first else { return false }
      return matches(literal.dropFirst(), path.dropFirst(), isStart: first == "/")
    }
  }

  /// What follows a set that holds `scalar`; `nil` when it does not hold it, or is never closed.
  private static func afterSet(_ text: Text, _ scalar: Unicode.Scalar) -> Text? {
    var text = text
    let isNegated = text.first == "!" || text.first == "^"
    if isNegated { text = text.dropFirst() }
    var holds = false
    while let next = text.first, next != "]" {
      let low = member(&text)
      var high = low
      if text.first == "-", text.dropFirst().first != "]" {
        text = text.dropFirst()
        high = member(&text)
      }
      guard let low, let high else { return nil }
      holds = holds || scalar == low || scalar == high || low < scalar && scalar < high
    }
    guard text.first == "]", holds != isNegated else { return nil }
    return text.dropFirst()
  }

  private static func member(_ text: inout Text) -> Unicode.Scalar? {
    if text.first == "\\" { text = text.dropFirst() }
    return text.popFirst()
  }
}
