/// Why a command could not be done, in one or two sentences that are safe on any screen.
struct CommandError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
