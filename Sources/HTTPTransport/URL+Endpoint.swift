public import KoalrDomain
import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension URL {
  /// Returns the address of an endpoint below this one: each segment stays one segment, whatever it holds (`feature/a+b` too).
  ///
  /// - Parameters:
  ///   - segments: What follows this address's path, not yet percent-encoded.
  ///   - query: In this order; those without a value are left out. An existing query of the base is dropped.
  ///   - trailingSlash: Whether the path ends with a slash.
  ///   - service: The service, for errors.
  ///   - operation: What it is for, for errors.
  /// - Throws: `IntegrationError` (misconfigured) when a segment is empty, `.` or `..`, which would lead elsewhere.
  public func endpoint(
    _ segments: [String], query: [(name: String, value: String?)] = [], trailingSlash: Bool = false,
    service: Connection.Service, operation: String
  ) throws -> URL {
    let isSafe = segments.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    guard isSafe, let scheme, let host = host(percentEncoded: true), Origin(self) != nil else {
      throw IntegrationError(
        .misconfigured, service: service, operation: operation, reason: "the address or a name in it cannot be asked for")
    }
    // The host of an IPv6 address comes without its brackets.
    let authority = host.utf8.contains(UInt8(ascii: ":")) && !host.hasPrefix("[") ? "[\(host)]" : host
    var text = "\(scheme)://\(authority)" + (port.map { ":\($0)" } ?? "")
    text += path(percentEncoded: true).split(separator: "/").map { "/\($0)" }.joined()
    text += segments.map { "/" + Self.percentEncoded($0) }.joined() + (trailingSlash ? "/" : "")
    let fields = query.compactMap { name, value in value.map { "\(Self.percentEncoded(name))=\(Self.percentEncoded($0))" } }
    if !fields.isEmpty { text += "?" + fields.joined(separator: "&") }
    guard let url = URL(string: text) else {
      throw IntegrationError(.misconfigured, service: service, operation: operation, reason: "the address cannot be asked for")
    }
    return url
  }

  /// Returns the text with everything but unreserved characters (RFC 3986 §2.3) percent-encoded, so that it is one path segment or one
  /// query value and nothing else.
  public static func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
