#if HTTPServer
import Foundation
import KoalrCore

/// A request while its body arrives. It belongs to one connection, which one thread of the server reads.
final class IncomingRequest {
  /// The longest that a body may take.
  static let patience: Duration = .seconds(30)

  var headers: [String: String] = [:]
  var headerCount = 0
  private(set) var body = Data()
  private(set) var isTooLarge = false
  private let limit: Int
  private let began = ContinuousClock.now

  init(limit: Int) { self.limit = limit }

  /// Whether it takes longer than anybody honest needs.
  var isLate: Bool { ContinuousClock.now - began > Self.patience }

  /// Takes a part of the body, or forgets all of it when it is too large; the rest of such a body is read and dropped.
  func append(_ bytes: UnsafeRawBufferPointer) {
    guard !isTooLarge, bytes.count <= limit - body.count else {
      isTooLarge = true
      body = Data()
      return
    }
    body.append(contentsOf: bytes)
  }
}
#endif
