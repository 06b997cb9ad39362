#if SQLite
import Foundation

/// Turns records into bytes and back.
enum RecordCoder {
  static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return Array(try encoder.encode(value))
  }

  static func decode<T: Decodable>(_ type: T.Type, from bytes: UnsafeRawBufferPointer) throws -> T {
    try JSONDecoder().decode(type, from: Data(bytes))
  }
}
#endif
