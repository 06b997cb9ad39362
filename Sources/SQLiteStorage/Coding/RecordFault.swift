/// What can be wrong with outside bytes, before anyone knows where they lie.
enum RecordFault: Error, Equatable {
  /// The bytes stop before the item does, or the item claims more than there is.
  case truncated
  /// A head that RFC 8949 does not define.
  case malformed
  /// A length that is not told beforehand, or the end of such an item.
  case indefinite
  /// Text that is not UTF-8.
  case notText
  /// A number that the type cannot hold exactly.
  case outOfRange
  /// Null where a value is needed.
  case null
  /// Another kind of item than the one needed.
  case mismatch(RecordHead.Kind)

  /// What a person reads about the fault.
  var sentence: String {
    switch self {
    case .truncated: "The stored bytes end before this value does."
    case .malformed: "The stored bytes are not CBOR here: RFC 8949 gives this head no meaning."
    case .indefinite: "The stored bytes have an item of indefinite length here, which Koalr does not write and does not read."
    case .notText: "The stored text is not valid UTF-8."
    case .outOfRange: "The stored number does not fit the type it is read as."
    case .null: "The stored value is null."
    case .mismatch(let kind): "The stored value is \(kind.noun)."
    }
  }

  /// The fault as a caller of `Decodable` expects it.
  @inline(never)
  func decodingError(reading type: any Any.Type, at path: @autoclosure () -> [any CodingKey]) -> DecodingError {
    let context = DecodingError.Context(codingPath: path(), debugDescription: sentence)
    return switch self {
    case .mismatch: .typeMismatch(type, context)
    case .null: .valueNotFound(type, context)
    default: .dataCorrupted(context)
    }
  }
}
