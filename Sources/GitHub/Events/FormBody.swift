import KoalrDomain
import KoalrIntegrationProtocols

/// The body of a delivery that is sent as a form: `payload=` and percent-encoded JSON.
enum FormBody {
  /// Returns the bytes of the field `payload`.
  static func payload(of body: Data) throws(DeliveryRefusal) -> Data {
    for field in body.split(separator: UInt8(ascii: "&")) where field.starts(with: "payload=".utf8) {
      return try decoded(field.dropFirst("payload=".utf8.count))
    }
    throw DeliveryRefusal(.malformed, "the form has no payload")
  }

  private static func decoded(_ field: Data) throws(DeliveryRefusal) -> Data {
    var bytes = Data(capacity: field.count)
    var index = field.startIndex
    while index < field.endIndex {
      let byte = field[index]
      index += 1
      switch byte {
      case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
      case UInt8(ascii: "%"):
        guard field.endIndex - index >= 2, let high = HexDigit.value(of: field[index]),
          let low = HexDigit.value(of: field[index + 1])
        else { throw DeliveryRefusal(.malformed, "the form is not percent-encoded") }
        bytes.append(high << 4 | low)
        index += 2
      default: bytes.append(byte)
      }
    }
    return bytes
  }
}
