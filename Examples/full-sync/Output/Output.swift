import Foundation

/// What a run is for: standard output.
enum Output {
  /// - Throws: ``OutputError``: a summary that did not arrive is not a success.
  static func print(_ text: String) throws {
    do {
      try FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
    } catch {
      throw OutputError()
    }
  }
}

/// Standard output could not take the summary.
struct OutputError: Error, CustomStringConvertible {
  var description: String { "Could not write to standard output: it is closed or full. Send it elsewhere and try again." }
}

/// Progress and messages: standard error, so that standard output holds nothing but data.
enum Messages {
  static func print(_ text: String) {
    // Nobody may be reading any more (`2>&1 | head`); that must not end the run, and there is nowhere to say so.
    try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
  }
}
