public import KoalrDomain
import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// The links of a `Link` header (RFC 8288): where the next page is.
public struct LinkHeader: Hashable, Sendable {
  /// A longer header is not read.
  static let maximumBytes = 64 << 10
  private var targets: [String: URL] = [:]

  /// Reads a header; what is malformed is left out, and of two links with one relation the first counts.
  public init(_ value: String, relativeTo base: URL) {
    guard value.utf8.count <= Self.maximumBytes else { return }
    var reader = Reader(rest: Substring(value))
    while let link = reader.nextLink() {
      guard let target = URL(string: link.target, relativeTo: base)?.absoluteURL else { continue }
      for relation in link.relations where targets[relation] == nil { targets[relation] = target }
    }
  }

  /// The target of a relation: `next`, `prev`, `last` …
  public subscript(relation: String) -> URL? { targets[relation.lowercased()] }
}

extension HTTPResponse {
  /// Returns the address of the next page as the `Link` header names it, or `nil` on the last one.
  ///
  /// - Throws: `IntegrationError` when it lies on another origin than this answer: the credential does not belong there.
  public func nextLink(service: Connection.Service, operation: String) throws -> URL? {
    guard let value = headers["Link"], let next = LinkHeader(value, relativeTo: url)["next"] else { return nil }
    return try followable(next, service: service, operation: operation)
  }

  /// Returns the address a link in the body stands for, absolute or relative to this answer.
  ///
  /// - Throws: `IntegrationError` when it is none, or lies on another origin than this answer.
  public func followableLink(_ text: String, service: Connection.Service, operation: String) throws -> URL {
    try followable(URL(string: text, relativeTo: url)?.absoluteURL, service: service, operation: operation)
  }

  private func followable(_ link: URL?, service: Connection.Service, operation: String) throws -> URL {
    guard let link, link.hasSameOrigin(as: url) else {
      throw IntegrationError(
        .unexpectedResponse, service: service, operation: operation,
        reason: "the link to the next page leads to another host and was not followed; check the address of the service")
    }
    return link
  }
}

/// Takes links off the front of a header, one at a time.
private struct Reader {
  var rest: Substring

  mutating func nextLink() -> (target: String, relations: [String])? {
    guard let open = rest.firstIndex(of: "<") else { return nil }
    rest = rest[open...].dropFirst()
    guard let close = rest.firstIndex(of: ">") else { return nil }
    let target = String(rest[..<close])
    rest = rest[close...].dropFirst()
    var relations: [String]?
    while let (name, value) = nextParameter() {
      if name == "rel", relations == nil { relations = value.lowercased().split(separator: " ").map(String.init) }
    }
    return (target, relations ?? [])
  }

  private mutating func nextParameter() -> (name: String, value: String)? {
    skipBlanks()
    guard rest.first == ";" else { return nil }
    rest = rest.dropFirst()
    skipBlanks()
    let name = take { $0 != "=" && $0 != ";" && $0 != "," && $0 != " " }.lowercased()
    skipBlanks()
    guard rest.first == "=" else { return (name, "") }
    rest = rest.dropFirst()
    skipBlanks()
    return (name, rest.first == "\"" ? takeQuoted() : take { $0 != ";" && $0 != "," && $0 != " " })
  }

  private mutating func takeQuoted() -> String {
    rest = rest.dropFirst()
    var value = ""
    while let character = rest.popFirst(), character != "\"" {
      if character == "\\", let escaped = rest.popFirst() { value.append(escaped) } else { value.append(character) }
    }
    return value
  }

  private mutating func take(while condition: (Character) -> Bool) -> String {
    let taken = rest.prefix(while: condition)
    rest = rest[taken.endIndex...]
    return String(taken)
  }

  private mutating func skipBlanks() { rest = rest.drop { $0 == " " || $0 == "\t" } }
}
