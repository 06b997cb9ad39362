public import KoalrDomain
import KoalrIntegrationProtocols

extension HTTPResponse {
  /// Decodes the body.
  ///
  /// - Throws: `IntegrationError` that names the field which does not fit, never its content.
  public func json<Value: Decodable>(
    _ type: Value.Type, service: Connection.Service, operation: String
  ) throws -> Value {
    do {
      return try ServiceJSON.decode(type, from: body)
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
    case .keyNotFound(let key, let context): "\(Self.place(context.codingPath + [key])) is missing"
    case .valueNotFound(_, let context): "\(Self.place(context.codingPath)) is null"
    case .typeMismatch(let type, let context): "\(Self.place(context.codingPath)) is not \(Self.words(for: type))"
    case .dataCorrupted(let context) where context.codingPath.isEmpty: "the answer is not JSON of the expected form"
    case .dataCorrupted(let context): "\(Self.place(context.codingPath)) has an impossible value"
    @unknown default: "the answer could not be read"
    }
  }

  private static let maximumDepth = 12
  private static let maximumNameBytes = 32

  // Keys of a dictionary are content: only what looks like the name of a field is repeated.
  private static func place(_ keys: [any CodingKey]) -> String {
    guard !keys.isEmpty else { return "the answer" }
    var path = ""
    for key in keys.suffix(maximumDepth) {
      // Only the place in a list has a key of this form; a number may also be the key of a dictionary.
      if let index = key.intValue, key.stringValue == "Index \(index)" {
        path += "[\(index)]"
        continue
      }
      let name = key.stringValue.utf8
      let isName = name.count <= maximumNameBytes && name.allSatisfy(isNameByte)
      path += (path.isEmpty ? "" : ".") + (isName ? key.stringValue : "…")
    }
    return "the field " + path
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte == 0x5F || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  private static func words(for type: any Any.Type) -> String {
    switch type {
    case is String.Type: "text"
    case is any BinaryInteger.Type: "a whole number"
    case is any BinaryFloatingPoint.Type: "a number"
    case is Bool.Type: "true or false"
    case is [Any].Type: "a list"
    case is [String: Any].Type: "an object"
    default: "of the expected kind"
    }
  }
}
