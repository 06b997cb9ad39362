/// The address a repository is cloned from.
enum CloneAddress {
  /// Returns the address without user, password, query and fragment, where a token could hide. Local paths stay as they are.
  static func withoutCredentials(_ address: String) -> String {
    let bytes = Array(address.utf8)
    guard let scheme = bytes.firstIndex(of: UInt8(ascii: ":")), bytes[scheme...].starts(with: "://".utf8) else { return address }
    let rest = bytes[(scheme + 3)...].prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    let authority = rest.prefix { $0 != UInt8(ascii: "/") }
    let host = authority.lastIndex(of: UInt8(ascii: "@")).map { authority[($0 + 1)...] } ?? authority
    return String(decoding: bytes[..<(scheme + 3)] + host + rest[authority.endIndex...], as: UTF8.self)
  }
}
