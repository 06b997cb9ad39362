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
