import Foundation
import KoalrCore

// Values that several commands read alike.

extension CommandWords {
  /// The most days a window may have: a hundred years, which holds every history there is.
  private static let maximumDays = 36_525

  /// Whether the answer is wanted as JSON: `--json`, or the last `--format`.
  var isJSON: Bool {
    get throws(UsageError) {
      guard let form = self["--format"] else { return has("--json") }
      guard ["text", "json"].contains(form) else { throw UsageError("--format is text or json, not \"\(form)\".") }
      return form == "json" || has("--json")
    }
  }

  /// The number of days, or `nil` when it was not given.
  var days: Int? {
    get throws(UsageError) {
      guard let text = self["--days"] else { return nil }
      guard let days = Int(text), (1...Self.maximumDays).contains(days) else {
        throw UsageError("--days needs a whole number from 1 to \(Self.maximumDays), not \"\(text)\".")
      }
      return days
    }
  }

  /// The longest wait for a service's limits, or `nil` when it was not given. A week is longer than any of them.
  var maximumWait: Duration? {
    get throws(UsageError) {
      guard let text = self["--max-wait"] else { return nil }
      guard let minutes = Int(text), (0...10_080).contains(minutes) else {
        throw UsageError("--max-wait needs a whole number of minutes from 0 to 10080, not \"\(text)\".")
      }
      return .seconds(minutes * 60)
    }
  }

  /// The moment to look from, or `nil` for now.
  var now: Date? {
    get throws(UsageError) {
      guard let text = self["--now"] else { return nil }
      guard let time = ISO8601Time.parse(text) else {
        throw UsageError("--now needs a time such as 2026-11-20T12:00:00Z, not \"\(text)\".")
      }
      return time
    }
  }

  /// An address, or `nil` when it was not given.
  func address(_ option: String) throws(UsageError) -> ServiceAddress? {
    guard let text = self[option] else { return nil }
    return try ServiceAddress(text, of: option)
  }

  /// Where the store is; memory when nothing was said.
  var storePlace: StorePlace {
    get throws(UsageError) { try self["--store"].map(StorePlace.init) ?? .memory }
  }

  /// The file of the store, for commands about what an earlier run left there.
  func storeFile(of command: String) throws(UsageError) -> URL {
    guard case .file(let url) = try storePlace else {
      throw UsageError("\(command) needs --store sqlite:FILE: a store in memory ends with the run that filled it.")
    }
    return url
  }

  /// Where to export to, or `nil` when it was not given. An export takes the place of what has its name, and must not be that of the
  /// store or its log.
  func exportPath(beside store: StorePlace) throws(UsageError) -> String? {
    guard let path = self["--export"], case .file(let file) = store else { return self["--export"] }
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let taken = ["", "-wal", "-shm"].map { file.resolvingSymlinksInPath().path + $0 }
    guard !taken.contains(target) else { throw UsageError("--export would write over the store; name another file.") }
    return path
  }
}
