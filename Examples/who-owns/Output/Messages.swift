import Foundation

/// Messages for people: standard error, so that standard output holds nothing but the answer.
enum Messages {
  static func print(_ text: String) { write(AnyBytes.bytes(text + "\n")) }

  static func write(_ bytes: [UInt8]) {
    // Nobody may be reading any more; that must not end the run, and there is nowhere to say so.
    try? FileHandle.standardError.write(contentsOf: Data(bytes))
  }
}
