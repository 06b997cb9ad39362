import Foundation

/// What `full-sync store` is asked to do.
struct StoreArguments {
  enum Action: Equatable {
    case show(json: Bool, export: String?)
    case check
    case backup(URL)
    case retain(days: Int, rollsUp: Bool, now: Date?)
    case compact
  }

  var action: Action
  /// The database.
  var file: URL

  /// Reads the words behind `store`.
  ///
  /// - Throws: ``UsageError``.
  init(_ words: ArraySlice<String>) throws(UsageError) {
    guard let verb = words.first, let grammar = Self.grammars[verb] else {
      throw UsageError("store needs one of show, check, backup, retain and compact.")
    }
    let words = try CommandWords(words.dropFirst(), grammar)
    switch verb {
    case "show": action = .show(json: try words.isJSON, export: try words.exportPath(beside: words.storePlace))
    case "check": action = .check
    case "backup": action = .backup(URL(fileURLWithPath: words.operands[0]))
    case "retain":
      guard let days = try words.days else { throw UsageError("store retain needs --days N: how much to keep.") }
      action = .retain(days: days, rollsUp: words.has("--roll-up"), now: try words.now)
    default: action = .compact
    }
    file = try words.storeFile(of: "store \(verb)")
  }

  private static let grammars: [String: CommandWords.Grammar] = [
    "show": .init(command: "store show", values: ["--store", "--format", "--export"], flags: ["--json"]),
    "check": .init(command: "store check", values: ["--store"]),
    "backup": .init(command: "store backup", operands: ["FILE"], values: ["--store"]),
    "retain": .init(command: "store retain", values: ["--store", "--days", "--now"], flags: ["--roll-up"]),
    "compact": .init(command: "store compact", values: ["--store"]),
  ]
}
