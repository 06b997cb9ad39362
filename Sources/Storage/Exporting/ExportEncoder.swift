import KoalrDomain

/// Turns a value into JSON in which nothing is left out: what is `nil` becomes `null`.
///
/// `JSONEncoder` cannot do that, because a synthesized `encode` leaves the choice to the container.
struct ExportEncoder: Encoder {
  /// Where the value goes.
  final class Slot {
    var value: ExportValue?
  }

  let slot = Slot()

  init() {}

  /// Writes into an object that has its place already.
  init(object: ExportObject) { slot.value = .object(object) }

  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  /// Returns a value as JSON.
  ///
  /// - Throws: `EncodingError` for a number or time that has no written form.
  static func value<Value: Encodable>(of value: Value) throws -> ExportValue {
    // Comparing the types first is much cheaper than the cast, which every nested value would pay.
    if Value.self == Date.self, let date = value as? Date { return try time(date) }
    let encoder = ExportEncoder()
    try value.encode(to: encoder)
    return encoder.slot.value ?? .object(ExportObject())
  }

  static func time(_ date: Date) throws -> ExportValue {
    guard date.isStorable else { throw unwritable(date, "a time outside the years 1 to 9999") }
    return .text(ISO8601Time.format(date))
  }

  static func number(_ number: Double) throws -> ExportValue {
    guard number.isFinite else { throw unwritable(number, "a number that is not finite") }
    return .number(number)
  }

  static func unwritable(_ value: Any, _ what: String) -> EncodingError {
    .invalidValue(value, EncodingError.Context(codingPath: [], debugDescription: "It holds \(what)."))
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    if case .object(let object) = slot.value { return KeyedEncodingContainer(ExportKeyedContainer(object: object)) }
    let object = ExportObject()
    slot.value = .object(object)
    return KeyedEncodingContainer(ExportKeyedContainer(object: object))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    if case .array(let array) = slot.value { return ExportUnkeyedContainer(array: array) }
    let array = ExportArray()
    slot.value = .array(array)
    return ExportUnkeyedContainer(array: array)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { ExportSingleValueContainer(slot: slot) }
}
