import KoalrDomain
import KoalrHTTPTransport

/// What REST says when it refuses.
struct NoticeWire: Decodable {
  var message: String?

  /// Reads a body; `nil` when it is no JSON object, as the error pages of gateways are.
  init?(_ body: Data) {
    guard body.count <= Self.maximumBytes, let notice = try? ServiceJSON.decode(Self.self, from: body) else { return nil }
    self = notice
  }

  private static let maximumBytes = 1 << 20
}
