public import KoalrDomain
import KoalrIntegrationProtocols

extension JSONDecoder {
  /// Reads what services send: times are ISO 8601, names are taken as they are.
  public static let koalr: JSONDecoder = {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .custom { decoder in
      let container = try decoder.singleValueContainer()
      guard let date = ISO8601Time.parse(try container.decode(String.self)) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "not an ISO 8601 time")
      }
      return date
    }
    return decoder
  }()
}

extension HTTPResponse {
  /// Decodes the body.
  ///
  /// - Throws: `IntegrationError` that names the field which does not fit, never its content.
  public func json<Value: Decodable>(
    _ type: Value.Type, service: Connection.Service, operation: String
  ) throws -> Value {
    do {
      return try JSONDecoder.koalr.decode(type, from: body)
    } catch {
      throw IntegrationError(
        .unexpectedResponse, service: service, operation: operation,
        reason: "\((error as? DecodingError)?.safeSentence ?? "the answer could not be read") (status \(status))")
    }
  }
}

extension DecodingError {
  /// What does not fit and where, without anything the service sent but the names of fields.
  fileprivate var safeSentence: String {
    switch self {
    case .keyNotFound(let key, let context): "the field \(Self.path(context.codingPath + [key])) is missing"
    case .valueNotFound(_, let context): "the field \(Self.path(context.codingPath)) is null"
    case .typeMismatch(let type, let context): "the field \(Self.path(context.codingPath)) is not a \(type)"
    case .dataCorrupted(let context) where context.codingPath.isEmpty: "the answer is not JSON of the expected form"
    case .dataCorrupted(let context): "the field \(Self.path(context.codingPath)) has an impossible value"
    @unknown default: "the answer could not be read"
    }
  }

  // Keys of a dictionary are content: only what looks like the name of a field is repeated.
  private static func path(_ keys: [any CodingKey]) -> String {
    guard !keys.isEmpty else { return "at the top" }
    return keys.suffix(12).map { key in
      if let index = key.intValue { return "[\(index)]" }
      let isName = key.stringValue.utf8.count <= 40 && key.stringValue.utf8.allSatisfy(isNameByte)
      return isName ? key.stringValue : "…"
    }.joined(separator: ".")
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
