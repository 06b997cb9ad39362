import KoalrDomain

/// A line of an export, read back.
struct ImportLine: Decodable {
  let connection: ConnectionID
  let record: any StoredRecord

  enum Member: String, CodingKey { case kind, connection, value, version }

  /// What is wrong with a line although it is JSON.
  enum Fault: Error {
    case unknownKind(String)
    case unknownVersion
    case notUnicode
  }

  init(from decoder: any Decoder) throws {
    let line = try decoder.container(keyedBy: Member.self)
    // Lines carry no version yet. One that does was written by a later program, whose fields may mean something else.
    guard try !line.contains(.version) || line.decode(Int.self, forKey: .version) == 1 else { throw Fault.unknownVersion }
    let name = try line.decode(String.self, forKey: .kind)
    guard let kind = ExportedKind.byName[name] else { throw Fault.unknownKind(name) }
    connection = try line.decode(ConnectionID.self, forKey: .connection)
    record = try kind.decode(line)
  }

  /// A decoder for lines.
  static func decoder() -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .custom { decoder in
      let container = try decoder.singleValueContainer()
      guard let time = ISO8601Time.parse(try container.decode(String.self)) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "Not an ISO 8601 time.")
      }
      return time
    }
    return decoder
  }

  /// Says in words why a line could not be read and what to do. Names fields and never shows what is in them.
  static func sentence(for error: any Error) -> String {
    switch error {
    case Fault.unknownKind(let kind):
      "\"\(kind.prefix(60))\" is not a kind of record this version knows; import with the version that wrote the file, or newer."
    case Fault.unknownVersion:
      "its format is newer than this version understands; import with the version that wrote the file, or newer."
    case Fault.notUnicode:
      "it is not UTF-8, perhaps because another program saved it in an encoding of its own; export again."
    case DecodingError.keyNotFound(let key, let context):
      "the field \(path(context.codingPath + [key])) is missing; export again, or take the line out."
    case DecodingError.valueNotFound(_, let context):
      "the field \(path(context.codingPath)) is null and must not be; export again, or take the line out."
    case DecodingError.typeMismatch(_, let context) where !context.codingPath.isEmpty,
      DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
      "the field \(path(context.codingPath)) holds something else than it should; export again, or take the line out."
    default:
      "it is not a JSON object, perhaps because the file was cut; export again."
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    "\"" + keys.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".") + "\""
  }
}
