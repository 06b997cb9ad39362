/// The options of a command line, each with a value; the last one counts where there can be only one.
struct Options {
  private var values: [String: [String]] = [:]

  static let known: Set = [
    "--port", "--secret-file", "--address", "--path", "--store", "--github", "--connection", "--github-url", "--days", "--now",
    "--cache", "--body-limit", "--connection-limit",
  ]

  /// - Throws: ``UsageError``, which never shows a value: it may be a secret in the wrong place.
  init(_ words: [String]) throws(UsageError) {
    var words = words[...]
    while let word = words.popFirst() {
      guard Self.known.contains(word) else {
        let shown = word.hasPrefix("-") ? "\(word.prefix { $0 != "=" }) is not an option" : "there is a word that belongs to none"
        throw UsageError("webhook-receiver takes options only; \(shown).")
      }
      guard let value = words.popFirst(), !value.isEmpty, !value.hasPrefix("--") else {
        throw UsageError("\(word) needs a value.")
      }
      values[word, default: []].append(value)
    }
  }

  subscript(option: String) -> String? { values[option]?.last }

  /// Every value of an option, in order.
  func all(_ option: String) -> [String] { values[option] ?? [] }

  func number(_ option: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = self[option] else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw UsageError("\(option) needs a whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }
}

/// A command line that makes no sense, in one sentence.
struct UsageError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

/// Why the program could not do its work, in one or two sentences that are safe on any screen.
struct ProgramError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
