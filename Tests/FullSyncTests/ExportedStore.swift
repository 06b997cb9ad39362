import Foundation

/// An exported store as plain JSON values: what anybody reading the file would see.
struct ExportedStore {
  /// Values by kind and key.
  private(set) var records: [String: [String: Value]] = [:]

  /// A JSON object with typed access; a missing field is a difference, not a crash.
  struct Value {
    var fields: [String: Any]
    subscript(name: String) -> String? { fields[name] as? String }
    func int(_ name: String) -> Int? { (fields[name] as? NSNumber)?.intValue }
    func double(_ name: String) -> Double? { (fields[name] as? NSNumber)?.doubleValue }
    func bool(_ name: String) -> Bool? { fields[name] as? Bool }
    func strings(_ name: String) -> [String]? { fields[name] as? [String] }
    func list(_ name: String) -> [Value]? { (fields[name] as? [[String: Any]])?.map(Value.init) }
    func object(_ name: String) -> Value? { (fields[name] as? [String: Any]).map(Value.init) }
    func has(_ name: String) -> Bool { fields[name] != nil }
  }

  init(file: URL) throws {
    for line in try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")) {
      let object = try JSONSerialization.jsonObject(with: line) as? [String: Any] ?? [:]
      guard let kind = object["kind"] as? String, let key = object["key"] as? String, object["connection"] is String,
        let fields = object["value"] as? [String: Any]
      else { throw Unreadable(line: String(decoding: line.prefix(200), as: UTF8.self)) }
      records[kind, default: [:]][key] = Value(fields: fields)
    }
  }

  struct Unreadable: Error { var line: String }

  /// The records of a kind by key.
  subscript(kind: String) -> [String: Value] { records[kind] ?? [:] }
}
