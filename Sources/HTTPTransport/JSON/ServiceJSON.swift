public import KoalrDomain

/// Reads the JSON (RFC 8259, UTF-8) that services send: times are ISO 8601, names are taken as they are.
///
/// About three times as fast as `JSONDecoder`, because a member is looked for among the bytes of its object instead of in a
/// dictionary made of them. What fits is the same; of several members with the same name the first one counts.
public enum ServiceJSON {
  /// Returns the value.
  ///
  /// - Throws: `DecodingError`; what is no JSON is `dataCorrupted` without a path.
  public static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
    let document: JSONDocument
    do {
      document = try JSONDocument([UInt8](data))
    } catch {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(codingPath: [], debugDescription: "not JSON", underlyingError: error))
    }
    return try JSONValueDecoder(document: document, index: 0).decode(type)
  }
}
