#if SQLite
import Foundation

/// What to do, from the command line: a mode, then `--name value` pairs.
struct Options {
  var mode = "soak"
  private var values: [String: String] = [:]

  /// A command line that cannot be followed.
  struct Misuse: Error {
    var sentence: String
  }

  static let modes: Set = ["soak", "bench", "soak-worker", "bench-worker"]
  static let names: Set = [
    "jobs", "kills", "workers", "seed", "batch", "waiting", "lease-ms", "folder", "file", "log", "name", "start",
  ]

  init(_ arguments: [String]) throws {
    var rest = arguments[...]
    if let first = rest.first, !first.hasPrefix("--") {
      guard Self.modes.contains(first) else { throw Misuse(sentence: "\(first) is no mode; leave it out, or say bench.") }
      mode = first
      rest = rest.dropFirst()
    }
    while let word = rest.popFirst() {
      let name = String(word.dropFirst(2))
      guard word.hasPrefix("--"), Self.names.contains(name), let value = rest.popFirst() else {
        throw Misuse(
          sentence: "\(word) cannot be followed; the options are --jobs, --kills, --workers, --seed, --batch, --waiting, "
            + "--lease-ms and --folder, each with a value.")
      }
      values[name] = value
    }
  }

  subscript(_ name: String) -> String { values[name] ?? "" }

  func number(_ name: String, or standard: Int) throws -> Int {
    guard let text = values[name] else { return standard }
    guard let number = Int(text), number >= 0 else { throw Misuse(sentence: "--\(name) needs a number, not \(text).") }
    return number
  }

  /// A new folder's name, in the folder that was asked for or among the temporary ones.
  func folder(named name: String) -> URL {
    let parent = values["folder"].map { URL(filePath: $0) } ?? FileManager.default.temporaryDirectory
    return parent.appending(path: "\(name)-\(UUID().uuidString)")
  }
}
#endif
