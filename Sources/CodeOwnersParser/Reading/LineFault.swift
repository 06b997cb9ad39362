/// What is wrong with a line, before it is known which line.
struct LineFault: Error {
  /// The place in the file.
  var place: Int
  var kind: CodeOwnersDiagnostic.Kind
  var reason: String
  var advice: String?

  func diagnostic(line: Int, start: Int, effect: CodeOwnersDiagnostic.Effect) -> CodeOwnersDiagnostic {
    CodeOwnersDiagnostic(
      line: line, column: place - start + 1, kind: kind, reason: reason, effect: effect, advice: advice)
  }
}

extension LineFault {
  static func invalidPattern(_ place: Int, _ reason: String, advice: String? = nil) -> Self {
    Self(place: place, kind: .invalidPattern, reason: reason, advice: advice)
  }

  static func patternTooLong(_ range: Range<Int>) -> Self {
    .invalidPattern(
      range.lowerBound, "a pattern of \(range.count) bytes is longer than any path", advice: "own a folder above instead")
  }

  static func invalidOwner(_ word: ArraySlice<UInt8>, _ grammar: OwnerGrammar) -> Self {
    Self(
      place: word.startIndex, kind: .invalidOwner,
      reason: "\"\(String(decoding: word.prefix(80), as: UTF8.self))\" is not an owner: \(grammar.summary)",
      advice: "correct the owner, or put \"#\" before it when it is a remark")
  }

  static func slashAlone(_ place: Int) -> Self {
    Self(
      place: place, kind: .neverMatches, reason: "the pattern \"/\" never matches; did you mean \"*\"?", advice: "write \"*\"")
  }

  static func neverMatches(_ place: Int) -> Self {
    Self(
      place: place, kind: .neverMatches, reason: "the pattern never matches a path",
      advice: "write one slash between two names, and \"**\" once")
  }

  static func ownerAsPattern(_ place: Int) -> Self {
    Self(
      place: place, kind: .ownerAsPattern,
      reason: "an owner stands where a pattern belongs, so this is a rule without owners",
      advice: "put a pattern before the owner"
    )
  }
}
