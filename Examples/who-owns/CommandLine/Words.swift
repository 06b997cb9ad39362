/// The words of a command line, sorted into options and operands.
struct Words {
  private(set) var operands: [String] = []
  private var values: [String: String] = [:]
  private var flags: Set<String> = []

  static let withValue: Set = ["--file", "--git", "--dialect", "--paths", "--format", "--simulate", "--days", "--now"]
  static let alone: Set = ["--json", "--explain", "--lint", "--drift", "--gaps", "--repair"]

  /// - Throws: ``UsageError``.
  init(_ words: [String]) throws(UsageError) {
    var words = words[...]
    while let next = words.popFirst() {
      let word = Self.name(next, givingBackTo: &words)
      if word == "--" {
        operands += words
        return
      } else if Self.alone.contains(word) {
        flags.insert(word)
      } else if Self.withValue.contains(word) {
        guard let value = words.popFirst(), !value.isEmpty, !value.hasPrefix("--") else {
          throw UsageError("\(word) needs a value.")
        }
        guard values[word] == nil else { throw UsageError("\(word) can be given once.") }
        values[word] = value
      } else if word.hasPrefix("-") {
        throw UsageError("\(word) is not an option; put -- before paths that begin with a hyphen.")
      } else {
        operands.append(word)
      }
    }
  }

  /// The name of an option that comes with its value in one word, `--days=30`; the value is then the next word.
  private static func name(_ word: String, givingBackTo words: inout ArraySlice<String>) -> String {
    guard let equals = word.firstIndex(of: "="), withValue.contains(String(word[..<equals])) else { return word }
    words = [String(word[word.index(after: equals)...])] + words
    return String(word[..<equals])
  }

  subscript(option: String) -> String? { values[option] }

  func has(_ flag: String) -> Bool { flags.contains(flag) }
}
