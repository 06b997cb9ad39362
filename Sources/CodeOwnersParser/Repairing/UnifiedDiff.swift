/// A change of a text file in the form that `git apply` and `patch` read, with three lines of context.
///
/// Source: git's documentation, "Generating patch text with -p".
public struct UnifiedDiff: Hashable, Sendable {
  static let context = 3

  /// The bytes, which are those of the file where they repeat it; none when nothing changes.
  public let bytes: [UInt8]

  /// The diff as text; bytes that are not UTF-8 become U+FFFD.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  init(_ script: LineScript, path: String, isNew: Bool = false) {
    var bytes: [UInt8] = []
    for hunk in Self.hunks(script.steps) { bytes += hunk }
    let names = ["a/", "b/"].map { Self.quoted($0 + path) }
    let old = isNew ? "new file mode 100644\n--- /dev/null" : "--- \(names[0])"
    let head = "diff --git \(names[0]) \(names[1])\n\(old)\n+++ \(names[1])\n"
    self.bytes = bytes.isEmpty ? [] : Array(head.utf8) + bytes
  }

  private static func hunks(_ steps: [LineScript.Step]) -> [[UInt8]] {
    let changed = steps.indices.filter { if case .keep = steps[$0] { false } else { true } }
    var ranges: [Range<Int>] = []
    for index in changed {
      let range = max(0, index - context)..<min(steps.count, index + context + 1)
      if let last = ranges.last, last.upperBound >= range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
    var (old, new, place) = (0, 0, 0)
    return ranges.map { range in
      let before = count(steps[place..<range.lowerBound])
      (old, new) = (old + before.old, new + before.new)
      let size = count(steps[range])
      defer { (old, new, place) = (old + size.old, new + size.new, range.upperBound) }
      let head = "@@ -\(span(old, size.old)) +\(span(new, size.new)) @@\n"
      return Array(head.utf8) + steps[range].flatMap(line)
    }
  }

  private static func count(_ steps: ArraySlice<LineScript.Step>) -> (old: Int, new: Int) {
    steps.reduce(into: (0, 0)) { count, step in
      switch step {
      case .keep: (count.0, count.1) = (count.0 + 1, count.1 + 1)
      case .remove: count.0 += 1
      case .add: count.1 += 1
      }
    }
  }

  /// Lines are counted from 1; a span of none names the line before it.
  private static func span(_ before: Int, _ count: Int) -> String { "\(count == 0 ? before : before + 1),\(count)" }

  private static func line(_ step: LineScript.Step) -> [UInt8] {
    let (mark, line) =
      switch step {
      case .keep(let line): (UInt8(ascii: " "), line)
      case .remove(let line): (UInt8(ascii: "-"), line)
      case .add(let line): (UInt8(ascii: "+"), line)
      }
    return [mark] + line + (line.last == .newline ? [] : Array("\n\\ No newline at end of file\n".utf8))
  }

  /// git puts names with unusual bytes into quotes.
  private static func quoted(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != .backslash }
    return isPlain ? name : "\"" + name.utf8.map(escaped).joined() + "\""
  }

  private static func escaped(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "\""): "\\\""
    case .backslash: "\\\\"
    case 0x20..<0x7F: String(UnicodeScalar(byte))
    default: "\\" + [byte >> 6, byte >> 3 & 7, byte & 7].map { "\($0)" }.joined()
    }
  }
}
