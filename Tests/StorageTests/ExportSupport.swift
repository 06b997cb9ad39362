import KoalrCore

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A folder that is removed with the value that holds it.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("koalr-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  func file(_ name: String, text: String) throws -> URL {
    try Data(text.utf8).write(to: file(name))
    return file(name)
  }
}

/// A line of an export as a client with any JSON library would see it.
struct ExportLine {
  let text: String
  let kind: String
  let key: String
  let connection: String
  private let value: JSON

  /// Any JSON.
  indirect enum JSON: Decodable {
    case null
    case text(String)
    case other
    case array([JSON])
    case object([String: JSON])

    init(from decoder: any Decoder) throws {
      if let object = try? decoder.container(keyedBy: Name.self) {
        self = .object(
          Dictionary(uniqueKeysWithValues: try object.allKeys.map { ($0.stringValue, try object.decode(JSON.self, forKey: $0)) }))
      } else if var array = try? decoder.unkeyedContainer() {
        var elements: [JSON] = []
        while !array.isAtEnd { elements.append(try array.decode(JSON.self)) }
        self = .array(elements)
      } else {
        let value = try decoder.singleValueContainer()
        self = value.decodeNil() ? .null : (try? value.decode(String.self)).map { .text($0) } ?? .other
      }
    }

    struct Name: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    /// Whether a path such as `files.path` is there, in the first element of an array.
    func has(_ path: ArraySlice<Substring>) -> Bool {
      guard let first = path.first else { return true }
      switch self {
      case .object(let members): return members[String(first)]?.has(path.dropFirst()) ?? false
      case .array(let elements): return elements.first?.has(path) ?? false
      default: return false
      }
    }
  }

  private struct Wire: Decodable {
    var kind: String
    var key: String
    var connection: String
    var value: JSON
  }

  init(_ bytes: [UInt8]) throws {
    let wire = try JSONDecoder().decode(Wire.self, from: Data(bytes))
    text = String(decoding: bytes, as: UTF8.self)
    (kind, key, connection, value) = (wire.kind, wire.key, wire.connection, wire.value)
  }

  func has(_ path: String) -> Bool { value.has(path.split(separator: ".")[...]) }

  func string(_ field: String) -> String? {
    guard case .object(let members) = value, case .text(let text) = members[field] else { return nil }
    return text
  }

  static func all(of store: some Store) async throws -> [ExportLine] {
    var lines: [ExportLine] = []
    for try await line in StoreExport(store).lines { lines.append(try ExportLine(line)) }
    return lines
  }
}
