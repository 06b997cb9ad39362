/// The words of a command line, sorted into options and operands by what the command takes.
struct CommandWords {
  /// What a command takes.
  struct Grammar {
    /// The command as it is typed, for messages.
    var command: String
    /// What its operands are called; all must be given.
    var operands: [String] = []
    /// Whether the operands may be left out.
    var operandsAreOptional = false
    /// Options with a value.
    var values: Set<String>
    /// Options without a value.
    var flags: Set<String> = []
  }

  private(set) var operands: [String] = []
  private var values: [String: [String]] = [:]
  private var flags: Set<String> = []

  /// - Throws: ``UsageError``, which never shows an operand or what stands behind `=`: it may be a token in the wrong place.
  init(_ words: some Sequence<String>, _ grammar: Grammar) throws(UsageError) {
    var words = Array(words)[...]
    while let word = words.popFirst() {
      if grammar.flags.contains(word) {
        flags.insert(word)
      } else if grammar.values.contains(word) {
        values[word, default: []].append(try Self.value(of: word, &words))
      } else if word.hasPrefix("-") {
        throw UsageError("\(word.prefix { $0 != "=" }) is not an option of \(grammar.command).")
      } else {
        operands.append(word)
      }
    }
    if grammar.operandsAreOptional, operands.isEmpty { return }
    guard operands.count == grammar.operands.count else { throw Self.wrongOperands(grammar) }
  }

  /// The last value of an option, or `nil`.
  subscript(option: String) -> String? { values[option]?.last }

  /// Every value of an option.
  func all(_ option: String) -> [String] { values[option] ?? [] }

  /// Whether a flag was given.
  func has(_ flag: String) -> Bool { flags.contains(flag) }

  private static func value(of option: String, _ words: inout ArraySlice<String>) throws(UsageError) -> String {
    guard let value = words.popFirst(), !value.isEmpty, !value.hasPrefix("--") else {
      throw UsageError("\(option) needs a value.")
    }
    return value
  }

  private static func wrongOperands(_ grammar: Grammar) -> UsageError {
    guard !grammar.operands.isEmpty else {
      return UsageError("\(grammar.command) takes options only; there is a word that belongs to none.")
    }
    let wanted = grammar.operands.joined(separator: " and ")
    return UsageError("\(grammar.command) takes \(wanted), and nothing else that is no option; quote what has spaces.")
  }
}

/// A command line that makes no sense, in one sentence.
struct UsageError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
