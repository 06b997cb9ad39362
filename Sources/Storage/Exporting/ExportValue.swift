import KoalrDomain

/// A JSON value while a line is put together.
enum ExportValue {
  case null
  case bool(Bool)
  case integer(Int64)
  case unsigned(UInt64)
  case number(Double)
  case text(String)
  case array(ExportArray)
  case object(ExportObject)
}

/// The elements of a JSON array while it is put together.
final class ExportArray {
  var elements: [ExportValue] = []
}

/// The members of a JSON object while it is put together.
final class ExportObject {
  private(set) var members: [(key: String, value: ExportValue)] = []

  subscript(key: String) -> ExportValue? {
    get { members.first { $0.key == key }?.value }
    set {
      members.removeAll { $0.key == key }
      if let newValue { members.append((key, newValue)) }
    }
  }

  /// Adds a member whose key is not there yet.
  func append(_ key: String, _ value: ExportValue) { members.append((key, value)) }

  func sort() { members.sort { ByteText($0.key) < ByteText($1.key) } }
}

extension [UInt8] {
  /// Appends a value as JSON: keys sorted by bytes, no white space, `/` not escaped, decimals as short as they read back equal.
  mutating func append(json value: ExportValue) {
    switch value {
    case .null: append(contentsOf: "null".utf8)
    case .bool(let value): append(contentsOf: (value ? "true" : "false").utf8)
    case .integer(let value): append(contentsOf: String(value).utf8)
    case .unsigned(let value): append(contentsOf: String(value).utf8)
    case .number(let value): append(contentsOf: Self.shortest(value).utf8)
    case .text(let value): append(quoted: value)
    case .array(let array):
      append(UInt8(ascii: "["))
      for (index, element) in array.elements.enumerated() {
        if index > 0 { append(UInt8(ascii: ",")) }
        append(json: element)
      }
      append(UInt8(ascii: "]"))
    case .object(let object): append(object: object)
    }
  }

  private mutating func append(object: ExportObject) {
    object.sort()
    append(UInt8(ascii: "{"))
    for (index, member) in object.members.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(quoted: member.key)
      append(UInt8(ascii: ":"))
      append(json: member.value)
    }
    append(UInt8(ascii: "}"))
  }

  private mutating func append(quoted text: String) {
    var text = text
    append(UInt8(ascii: "\""))
    text.withUTF8 { bytes in
      var start = 0
      for index in bytes.indices {
        guard let escape = Self.escape(bytes[index]) else { continue }
        append(contentsOf: bytes[start..<index])
        append(contentsOf: escape.utf8)
        start = index + 1
      }
      append(contentsOf: bytes[start...])
    }
    append(UInt8(ascii: "\""))
  }

  private static func escape(_ byte: UInt8) -> String? {
    switch byte {
    case UInt8(ascii: "\""): return #"\""#
    case UInt8(ascii: "\\"): return #"\\"#
    case 0x20...: return nil
    case 0x0A: return #"\n"#
    case 0x0D: return #"\r"#
    case 0x09: return #"\t"#
    default: return #"\u00"# + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
  }

  private static func shortest(_ value: Double) -> String {
    let text = value == 0 ? "0" : value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
