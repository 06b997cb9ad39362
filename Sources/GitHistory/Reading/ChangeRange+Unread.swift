import KoalrDomain
import KoalrIntegrationProtocols

extension ChangeRange {
  /// The same reason for all.
  static func unread(_ ranges: [ChangeRange], _ reason: String) -> [ChangeID: String] {
    Dictionary(ranges.map { ($0.id, reason) }, uniquingKeysWith: { first, _ in first })
  }
}
