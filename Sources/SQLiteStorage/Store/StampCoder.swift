#if SQLite
import KoalrDomain
import KoalrStorage

/// Writes the versions of a record's parts: for each part the length of its name (one byte), the name, whether it has a version (one
/// byte) and the version (seconds since 2001-01-01 UTC, eight bytes, lowest first).
enum StampCoder {
  /// Returns the bytes, or `nil` for the usual record that has the part `whole` and no other.
  static func encode(_ parts: [RecordPart]) -> [UInt8]? {
    if parts.count == 1, parts[0].name == .whole { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(parts.count * 18)
    for part in parts {
      let name = part.name.rawValue.utf8.prefix(255)
      bytes.append(UInt8(name.count))
      bytes += name
      bytes.append(part.version == nil ? 0 : 1)
      guard let version = part.version else { continue }
      withUnsafeBytes(of: version.timeIntervalSinceReferenceDate.bitPattern.littleEndian) { bytes += $0 }
    }
    return bytes
  }

  /// Returns the parts, or `nil` when the bytes are not what `encode` writes.
  static func decode(_ bytes: [UInt8]) -> [RecordPart]? {
    var rest = bytes[...]
    var parts: [RecordPart] = []
    while let length = rest.popFirst() {
      guard rest.count > length, let name = String(validating: rest.prefix(Int(length)), as: UTF8.self) else { return nil }
      rest = rest.dropFirst(Int(length))
      guard let mark = rest.popFirst(), mark < 2, let version = version(from: &rest, isThere: mark == 1) else { return nil }
      parts.append(RecordPart(RecordPart.Name(rawValue: name), version: version))
    }
    return parts
  }

  /// The outer `nil` means that the bytes break off.
  private static func version(from rest: inout ArraySlice<UInt8>, isThere: Bool) -> Date?? {
    guard isThere else { return .some(nil) }
    guard rest.count >= 8 else { return nil }
    let bits = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    rest = rest.dropFirst(8)
    let seconds = Double(bitPattern: bits)
    return seconds.isFinite ? .some(Date(timeIntervalSinceReferenceDate: seconds)) : nil
  }
}
#endif
